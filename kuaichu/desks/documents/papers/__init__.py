"""Paper kinds: a dataclass of facts and a typst template of the same name."""
