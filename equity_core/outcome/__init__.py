"""What comes out: the certified outcome, in numbers."""
