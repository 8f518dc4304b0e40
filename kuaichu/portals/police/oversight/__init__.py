"""Pages of who watches over the work."""
