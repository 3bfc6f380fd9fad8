"""What comes in: data sets, checked and frozen, bundled or brought by users, and their places."""
