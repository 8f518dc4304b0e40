"""The documents desk: papers, seals, QR codes, checking."""
