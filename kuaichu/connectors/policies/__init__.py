"""Policy registers."""
