"""What an officer decides besides liability: return for evidence, endings, transfer, correction, opinions."""
