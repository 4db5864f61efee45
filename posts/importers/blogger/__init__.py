"""Exports of Blogger: Atom, as it made them until 2024, and as Takeout makes them since."""
