"""Feeds of comments, for the site and for each post, and what the feeds of posts say of comments.

The formats are those of `posts.feeds`. See docs/machine-readable.md.
"""
