"""What the bench reads: papers of running text, opinions compared, history, words of its facts."""
