"""How often one address may ask the public pages, so that no code is guessed and the parser stays free.

A code has 55 bits: at these rates guessing one takes longer than the paper matters. Only answers that fit no
paper count strictly, and the QR is never refused for what others mistyped.
"""

from __future__ import annotations

from kuaichu.portals.limits import Limit

LOOKUPS = Limit("lookups", 60, 600)
MISSES = Limit("misses", 20, 900)
UPLOADS = Limit("uploads", 12, 600)
PROOFS = Limit("proofs", 300, 600)
