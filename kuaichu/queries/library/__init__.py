"""The public library of rules: shelves, one rule, worked examples, tables, sources."""
