"""What whoever runs the program sets: environment variables, one table, one frozen object."""
