"""Finding texts by their words, on SQLite (FTS5) and PostgreSQL (tsvector) alike.

The texts are cut into words here, in Python (analysis.py), so both databases find the same.
It knows no app of ours. An app declares a collection once, when it is loaded:

    POSTS = Collection("posts", read_documents, walk_keys, model=Post, size=Post.objects.count)

`read_documents(keys)` yields a `Document` for each of these primary keys, `walk_keys()` the keys of
all. From then on:

    POSTS.put_in_step(keys)              after a write, in the same transaction; gone texts as well
    POSTS.search(parse('word "a phrase" -without'), limit=20)     -> Hits(keys, has_more)
    POSTS.words_from("sele", 8)          words that begin so
    POSTS.correct("djagno")              words that are one mistake away
    POSTS.check(), POSTS.rebuild()       compare with the texts; make all of it anew

Best first means: all words in the title, then in title or lead, then one of them in the title, then
anywhere; the newest first within each. Nothing is computed from all hits of a word, so a word in
every tenth of a million texts costs as much as in one of a thousand. docs/search.md says more.
An index knows drafts too: whoever shows something to readers asks the model what is public.
"""

from blogsite.fulltext.collection import Collection, Document, Hits, collections
from blogsite.fulltext.parsing import TextQuery, parse
from blogsite.fulltext.snippets import marker, snippet

__all__ = [
    "Collection",
    "Document",
    "Hits",
    "TextQuery",
    "collections",
    "marker",
    "parse",
    "snippet",
]
