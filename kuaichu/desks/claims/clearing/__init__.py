"""Insurers among themselves: the recipient's own insurer pays, and they settle what they owe each other
daily.
"""
