"""The statutes: texts of the laws as data, and citations which can be checked against them."""
