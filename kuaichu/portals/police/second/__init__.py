"""Second looks: a ruling that another officer reads before it is issued, or again afterwards."""
