"""A second pair of eyes: before a ruling is issued, by sample, on an objection, and on review."""
