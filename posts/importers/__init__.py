"""Bringing texts in from elsewhere. See docs/import.md."""
