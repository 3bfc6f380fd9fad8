"""What a question means: scenario and data set as arrays, physics and policy apart."""
