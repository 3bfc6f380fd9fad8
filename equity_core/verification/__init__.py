"""Does an export still hold? Its scenario solved again, its files made anew and compared."""
