"""Reasons in full: what nearly applied, what would have changed the result, and how sure it is."""

from .explaining import Explanation, explain

__all__ = ["Explanation", "explain"]
