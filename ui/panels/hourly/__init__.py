"""What is shown hour by hour: when a plan asks most, and a period played without foresight."""
