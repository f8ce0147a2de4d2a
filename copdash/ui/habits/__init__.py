"""What screens of several sections share: frame, session keys, saving, undo, empty states, forms, threads."""
