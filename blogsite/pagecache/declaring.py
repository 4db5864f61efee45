"""How a view says that its answers are the same for everyone, and may be kept."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps

DECLARATION = "blogsite.pagecache.declaration"  # its key in the WSGI environment


@dataclass(frozen=True)
class Declaration:
    """What a view said of its answer: the names of the parameters that it looks at."""

    parameters: tuple[str, ...] = ()


def keep(parameters: Collection[str] = ()) -> Callable:
    """A decorator for views whose answers are the same for everyone who asks the same.

    `parameters` are the names of all that the view reads from the query; the others are taken out
    of it before the view runs, so that `?utm_source=` makes no page of its own. An answer is kept
    only if it also says so: public, of a status that lasts, and with nothing of one visitor's.
    """
    declaration = Declaration(tuple(sorted(parameters)))

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def with_declaration(request, *arguments, **options):
            if request.method in {"GET", "HEAD"}:
                request.GET = _only(request.GET, declaration.parameters)
                request.META["QUERY_STRING"] = request.GET.urlencode()
                request.META[DECLARATION] = declaration
            return view(request, *arguments, **options)

        return with_declaration

    return decorate


def _only(query, names: Collection[str]):
    """Of several values of one name the last, which is the one that views see."""
    known = query.copy()
    known.clear()
    for name in names:
        if name in query:
            known[name] = query[name]
    return known
