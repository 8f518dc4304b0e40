"""The roads besides two cars and two people: many, absent, left, struck things, and clearing the road."""
