"""What a reader has set: the address and the session say the same."""
