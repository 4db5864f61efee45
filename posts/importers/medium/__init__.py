"""Exports of Medium: a page for each post, draft and response."""
