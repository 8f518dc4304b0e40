"""How well photographs are read: real crops of plates and drawn specimens of papers, spoilt in grades.

Only `kuaichu check-reading` and tests use it; it needs the extra `vision`.
"""
