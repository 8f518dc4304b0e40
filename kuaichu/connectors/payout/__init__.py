"""Payout rails."""
