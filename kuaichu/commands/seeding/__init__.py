"""What a demonstration starts with: organisations, staff, partners' clients, and stories in every state."""
