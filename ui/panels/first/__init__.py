"""The first minute: three doors, a tour for whoever wants one, and what to try next."""
