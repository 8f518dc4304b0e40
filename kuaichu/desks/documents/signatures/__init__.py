"""How a signature is made and written: the library as sealing needs it, and the envelope in DER."""
