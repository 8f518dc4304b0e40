"""The steps of a report: one page each, neighbours of their templates."""
