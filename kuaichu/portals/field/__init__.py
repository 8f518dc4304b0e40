"""Portal of those who go to the scene."""
