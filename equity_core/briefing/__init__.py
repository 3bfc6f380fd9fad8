"""The briefing: two pages for readers without the program."""
