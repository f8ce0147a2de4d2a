"""What every screen shares: its frame, session keys, saving and undo, empty states, forms of a row."""
