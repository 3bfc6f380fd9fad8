"""What the program is made of: the licences of all it installs, and what is known against them."""
