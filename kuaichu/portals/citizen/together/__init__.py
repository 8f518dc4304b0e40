"""Two people, one or two phones: handing over, helping, speaking, and what this phone knows from earlier."""
