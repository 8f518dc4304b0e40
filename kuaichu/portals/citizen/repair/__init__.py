"""Damage, repair and refusals: what a party sees and decides after the decision about liability."""
