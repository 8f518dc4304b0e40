"""The repair shop's page: one vehicle, by the link its owner gave."""
