"""How fast the engine and the page are, beside a peer, in one run: `make bench`."""
