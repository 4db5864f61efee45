"""Exports of Disqus."""
