"""The frozen facts of papers that were asked for, read across the file and the desks."""
