"""How a view says that its answers are the same for everyone, and may be kept."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import wraps

DECLARATION = "blogsite.pagecache.declaration"  # its key in the WSGI environment
ANYTHING = "*"  # in `except_with`: any query at all, which is then left as it is


@dataclass(frozen=True)
class Declaration:
    """What a view said of its answers: the names of the parameters that tell them apart.

    `types` are those it offers, by the Accept of who asks, with the kept one first.
    """

    parameters: tuple[str, ...] = ()
    except_with: frozenset[str] = frozenset()
    types: tuple[str, ...] = ()


def keep(
    parameters: Collection[str] = (),
    except_with: Collection[str] = (),
    types: Sequence[str] = (),
) -> Callable:
    """A decorator for views whose answers are the same for everyone who asks the same.

    `parameters` are the names of all that the view reads from the query; the others are taken out
    of it before the view runs, so that `?utm_source=` makes no page of its own. With one of
    `except_with` in the query nothing is kept: for what could be asked in endless ways. An answer
    is kept only if it also says so: public, of a status that lasts, and with nothing of one
    visitor's. A view that answers with other `types` for other visitors (Vary: Accept) names them;
    the first is kept, and who wants another goes past what is kept.

    Pages are found by the address alone, so the decorator must be on what the address leads to: the
    function, `as_view()`, or `dispatch`.
    """
    declaration = Declaration(
        tuple(sorted({*parameters, *except_with})), frozenset(except_with), tuple(types)
    )

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def with_declaration(request, *arguments, **options):
            if ANYTHING in except_with:
                if not request.META.get("QUERY_STRING"):
                    request.META[DECLARATION] = declaration
            elif request.method in {"GET", "HEAD"}:
                request.GET = _only(request.GET, declaration.parameters)
                request.META["QUERY_STRING"] = request.GET.urlencode()
                if not any(name in request.GET for name in except_with):
                    request.META[DECLARATION] = declaration
            return view(request, *arguments, **options)

        with_declaration.declaration = declaration
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
