"""Tables of regions and scenarios as HTML."""
