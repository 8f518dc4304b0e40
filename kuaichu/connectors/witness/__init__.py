"""Those who co-sign the public log's checkpoints."""
