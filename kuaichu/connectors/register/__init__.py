"""Vehicle and driver registers."""
