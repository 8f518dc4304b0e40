"""Repair: the owner chooses the shop, the shop drafts the estimate, the insurer approves it."""
