"""The same search at the desk: drafts and what is scheduled too, all but the trash."""

from blogsite.fulltext import parse
from posts.models import Post
from posts.search.texts import OF_MODEL


def find_at_desk(text: str, limit: int = 100, model=Post) -> list[int]:
    """Keys of posts (or pages) that hold all words, best first, drafts last.

    Whoever shows them asks who may see what: these are keys, and no permission.
    """
    return OF_MODEL[model].search(parse(text), limit).keys
