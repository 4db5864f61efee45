"""Feeds as archives: RSS, Atom and JSON Feed, from a file."""
