"""What who watches over the work sees."""
