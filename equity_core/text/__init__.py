"""In words: numbers, names, and sentences that say what a plan means."""
