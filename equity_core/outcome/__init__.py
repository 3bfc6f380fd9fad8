"""What comes out: the certified outcome, in numbers, words, pictures and files."""
