"""What a reader meets first: who speaks, the result in one sentence, and what its terms mean."""
