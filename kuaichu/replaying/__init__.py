"""Real accidents, replayed: what `kuaichu replay`, the demo's stories and the kill tests have in common.

A citizen, an officer and the registers as programs that use nothing but the system's public interfaces.
No part of the product imports this.
"""
