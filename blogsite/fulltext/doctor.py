"""Whether the search knows all texts: a comparison of numbers, which costs next to nothing."""

from blogsite.doctor.examining import Finding, check
from blogsite.fulltext.collection import collections


@check("search")
def search_is_in_step():
    apart = {}
    for collection in collections.values():
        texts, found = collection.size(), collection.count()
        if texts != found:
            apart[collection.name] = f"{found} of {texts} {collection.name}"
    if apart:
        yield Finding.unfinished(
            f"The search knows {', '.join(apart.values())}. Run `manage.py search_index --repair`."
        )
    else:
        yield Finding.fine("The search knows all texts.")
