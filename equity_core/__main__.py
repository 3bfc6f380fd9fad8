"""`python -m equity_core`: the command line."""

from equity_core.cli import main

if __name__ == "__main__":
    main("python -m equity_core")
