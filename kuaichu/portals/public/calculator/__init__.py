"""The public calculator: who pays what, by the same code that pays it."""
