#!/bin/sh
# The first program of the container. What was compiled with the image is copied to where it may be
# written: the compiler refuses a folder that it may only read, and the image is read-only.
set -eu
mkdir -p "$NUMBA_CACHE_DIR"
cp -R /home/explorer/kernels/. "$NUMBA_CACHE_DIR"
exec "$@"
