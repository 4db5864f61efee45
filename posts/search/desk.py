"""The same search at the desk: drafts and what is scheduled too, all but the trash."""

from blogsite.fulltext import TextQuery
from posts.models import Post
from posts.search.texts import OF_MODEL, POSTS, author_mark, picture_mark
from posts.search.understanding import open_last, understand_at_desk


def find_at_desk(text: str, limit: int = 100, model=Post, by=None) -> list[int]:
    """Keys of posts (or pages) that answer `text`, best first, drafts last; `by` is their author.

    The last word may be cut off. Whoever shows them asks who may see what: these are keys, and no
    permission.
    """
    asked = understand_at_desk(text)
    if not asked.is_possible:
        return []
    if by:
        asked.query.facts.append((author_mark(by.pk),))
    if text[-1:].isalnum():
        open_last(asked.query)
    return OF_MODEL[model].search(asked.query, limit, **asked.bounds).keys


def posts_showing(file: str, limit: int, by=None) -> list[int]:
    """Keys of the newest posts, drafts last, with the picture `file` in the text; `by` as above."""
    query = TextQuery(facts=[(picture_mark(file),)])
    if by:
        query.facts.append((author_mark(by.pk),))
    return POSTS.search(query, limit).keys
