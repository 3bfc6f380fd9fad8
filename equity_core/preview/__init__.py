"""What a page may show while a slider is dragged: true plans, mixed from optimal ones nearby."""
