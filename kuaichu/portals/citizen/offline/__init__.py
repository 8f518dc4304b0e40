"""Reporting without network: what a phone keeps of the pages, and how it sends later what was entered."""
