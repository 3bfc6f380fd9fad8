"""What a page may show while a weight is dragged: true plans, mixed from optimal ones nearby."""
