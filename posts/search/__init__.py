"""Finding posts and pages by their words.

    find("django tag:python -flask", page=...)   what a reader may see: results.py
    suggest("djan")                              titles while somebody types: suggesting.py
    like_address("/old/path-of-post/")           what a dead address may have meant
    keep_in_step(Post, keys)                     after a write that no signal tells of: stepping.py
    find_at_desk("words")                        keys for the desk, drafts as well: desk.py
    posts_showing(file, limit)                   keys of those with a picture in the text: desk.py

docs/search.md tells what is found, in which order, and at what cost.
"""

from posts.search.desk import find_at_desk, posts_showing
from posts.search.results import Results, find
from posts.search.stepping import keep_in_step
from posts.search.suggesting import like_address, suggest

__all__ = [
    "Results",
    "find",
    "find_at_desk",
    "keep_in_step",
    "like_address",
    "posts_showing",
    "suggest",
]
