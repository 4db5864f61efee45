"""Texts on their way out, in forms that other programs read."""
