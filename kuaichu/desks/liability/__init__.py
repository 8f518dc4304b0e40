"""Liability desk: who is at fault for a minor accident, and the rules which propose it to the officer."""
