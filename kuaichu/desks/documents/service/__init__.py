"""Service of papers (送达): consent, sending, receipt, and what is done when nobody confirms."""
