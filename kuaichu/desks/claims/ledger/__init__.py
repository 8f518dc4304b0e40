"""The insurers' books in double entry: accounts, postings that balance by construction, ageing, checks."""
