"""Atom, RSS 2.0 and JSON Feed, for the site and for each tag, author and series.

`subjects` says what a feed is about and which posts are in it, `entries` turns posts into what
all formats share, and `atom`, `rss` and `json_feed` write it down. An app above extends a
format by putting its own class into `formats.FORMATS`. See docs/machine-readable.md.
"""
