"""Signs that an accident may not be what it seems: noticed, asked about, decided by people."""
