"""What it takes to run the program for many: see docs/DEPLOY.md."""
