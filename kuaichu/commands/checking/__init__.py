"""Commands that try the system against data from outside, or against simulated years."""
