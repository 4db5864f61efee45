"""Exports of Ghost: its JSON, versions 0.x to 6, alone or beside its pictures."""
