"""Meetings that come again: a series made, shifted or ended in one gesture, each its own meeting all the same."""
