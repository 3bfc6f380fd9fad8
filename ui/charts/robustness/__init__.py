"""Pictures of draws: how far the verdict moves, what moves it, and whom it concerns how often."""
