"""What a reader hands on: how to cite, embed and sign a result."""
