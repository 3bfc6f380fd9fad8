"""In print: maps and curves drawn with matplotlib, and the colours that the page shares."""
