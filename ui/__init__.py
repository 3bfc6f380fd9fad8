"""What the pages are made of: state, controls, pictures and the work that runs beside them."""
