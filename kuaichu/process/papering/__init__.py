"""Papers that somebody asks for: looked at across the desks, then asked for, then made."""
