"""Attacks, each really tried; a file is named after what it tries.

What attackers type stands in `payloads.py`, a site with one of everything in `world.py`, and the
list of its addresses in `walking.py`. The same in a browser is in `blogsite/tests/faults/`.
"""
