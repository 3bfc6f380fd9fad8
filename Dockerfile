# The README's steps in a container: install requirements.txt, then serve as `make app` does.
#   docker build -t equity-explorer .
#   docker run --rm -p 127.0.0.1:8501:8501 equity-explorer
# For others to use, name the base by its digest, which no registry can exchange (docs/DEPLOY.md):
#   --build-arg BASE=python@sha256:...
ARG BASE=python:3.11.14-slim-bookworm
FROM ${BASE}

RUN useradd --create-home explorer
WORKDIR /home/explorer/app

COPY requirements.txt ./
RUN python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

# Everything belongs to root: whoever serves can read it, and change nothing.
COPY . .
RUN python -m compileall -q .
# Saved data, and what the solver is compiled to, are all that its user may write: mount a volume at
# var to keep the former (docs/DEPLOY.md).
ENV NUMBA_CACHE_DIR="/home/explorer/kernels"
RUN mkdir -p var "$NUMBA_CACHE_DIR" && chown explorer var "$NUMBA_CACHE_DIR"
USER explorer
# Compiled here for any processor: what suits this one alone would be compiled anew elsewhere.
ENV NUMBA_CPU_NAME="generic"
RUN python -m equity_core solve > /dev/null
RUN python -m equity_core solve --set deferrable_share=0.3 > /dev/null
RUN python -m equity_core foresight --method blend > /dev/null
ENV NUMBA_CACHE_DIR="/tmp/kernels" MPLCONFIGDIR="/tmp/matplotlib" PYTHONDONTWRITEBYTECODE="1"

# The host's own name is unknown here; publish the port on an address you trust.
ENV STREAMLIT_SERVER_ALLOWED_HOSTS="*"
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s CMD ["python", "-m", "deploy.healthy", "alive"]
ENTRYPOINT ["deploy/start.sh"]
CMD ["python", "-m", "streamlit", "run", "serve.py", "--server.address", "0.0.0.0", "--server.port", "8501"]
