"""What needs the head of the unit: the fast track of an injury case, and whether an officer is replaced."""
