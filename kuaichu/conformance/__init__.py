"""The conformance kit: a sandbox city driven against an insurer's system, and what was seen in words."""
