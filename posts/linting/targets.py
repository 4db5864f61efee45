"""What the links and pictures of some texts lead to, found for all of them at once.

However many links there are, each kind of thing they may lead to is asked for once a batch.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.urls import Resolver404, resolve

from posts import access, twins
from posts.authors import published_authors
from posts.linkcheck.asking import broken_among
from posts.linting.reading import Reading
from posts.models import ExternalLink, Image, Page, Post, Redirect, Series, Tag
from posts.models.image import stored_path
from posts.models.publication import Publication, long_columns
from posts.models.redirect import TARGETS
from posts.redirects import address_of
from posts.web_addresses import Place, is_external, place_of

BATCH = 500  # values in one question; SQLite takes a thousand
MOST_LINKS = 2000  # of one text that are looked up; the rest counts as fine
MOST_TWINS = 20  # feeds and the like that moved with what they hang on
MOST_FILES = 50  # files of one text that are asked of the storage
# Views of one thing each: where it is found, and by which column.
TEXTS = {
    "posts:detail": Post,
    "posts:markdown": Post,
    "posts:page": Page,
    "posts:page_markdown": Page,
}


class Targets:
    """What is known of all addresses that `texts`, as read, mention.

    `user` is told of hidden texts only where they could look at them in the admin; None is somebody
    who may know everything, such as the operator.
    """

    def __init__(self, texts: Iterable[tuple[Publication, Reading]], user=None):
        self.user = user
        self.images: dict[str, Image] = {}
        self.in_trash: dict[str, Image] = {}
        self.files_asked = 0
        self.external: dict[str, ExternalLink] = {}
        self.known: set[int] = set()  # keys of hidden posts that the user may hear of
        self.resolutions: dict[str, tuple[str, str]] = {}
        self.twins_asked = 0
        self.texts: dict[tuple[type, str], Publication] = {}
        self.names: dict[str, set[str]] = defaultdict(set)
        self.moved: dict[str, str] = {}
        self.load(list(texts))

    def load(self, texts: list[tuple[Publication, Reading]]) -> None:
        sources, places, outside = set(), set(), set()
        for text, reading in texts:
            sources |= {picture.source for picture in reading.pictures[:MOST_LINKS]}
            base = address_or_root(text)
            for link in reading.links[:MOST_LINKS]:
                place = place_of(link.address, base)
                if place:
                    places.add(place)
                elif is_external(link.address, base):
                    outside.add(link.href)
        self.load_images(sources, places)
        self.external = broken_among(outside)
        self.load_things(places)
        self.load_moved(places)

    # --- Pictures and files -----------------------------------------------------

    def load_images(self, sources: set[str], places: set[Place]) -> None:
        paths = {stored_path(source) for source in sources}
        paths |= {stored_path(place.path) for place in places}
        for some in batches(paths - {""}):
            for image in Image.everything.filter(file__in=some):
                found = self.in_trash if image.deleted_at else self.images
                found[image.file] = image

    def image(self, source: str) -> Image | None:
        return self.images.get(stored_path(source))

    def is_external(self, address: str) -> bool:
        return is_external(address)

    def has_file(self, address: str) -> bool:
        """Whether an address of this site, that is no picture's, leads to a file."""
        place = place_of(address, "/")
        if place is None:
            return False
        if place.path.startswith(settings.STATIC_URL):
            return True
        path = stored_path(place.path)
        return bool(path) and (path in self.images or self.is_stored(path))

    def is_stored(self, path: str) -> bool:
        """Smaller copies, and files that were put there by hand, have no row."""
        if path in self.in_trash:
            return False
        self.files_asked += 1
        if self.files_asked > MOST_FILES:
            return True
        try:
            return "\0" not in path and default_storage.exists(path)
        except (SuspiciousOperation, OSError, ValueError):
            return False

    # --- Things with a page -----------------------------------------------------

    def load_things(self, places: set[Place]) -> None:
        slugs: dict[str, set[str]] = defaultdict(set)
        fragments = {place.path for place in places if place.fragment}
        with_text: set[tuple[type, str]] = set()
        for place in places:
            view, key = self.resolve(place.path)
            slugs[view].add(key)
            if place.path in fragments and view in TEXTS:
                with_text.add((TEXTS[view], key))
        for model in (Post, Page):
            wanted = {
                slug for view, which in TEXTS.items() if which is model for slug in slugs[view]
            }
            self.load_texts(model, wanted, {slug for which, slug in with_text if which is model})
        groups = {"posts:tag": Tag, "posts:series": Series}
        for view, model in groups.items():
            self.names[view] = values(model.objects.with_posts(), "slug", slugs[view])
        self.names["posts:author"] = values(published_authors(), "handle", slugs["posts:author"])
        self.load_known()

    def load_texts(self, model, slugs: set[str], with_text: set[str]) -> None:
        columns = ["slug", "title", "published_at", "expires_at", "deleted_at"]
        for wanted, more in ((slugs - with_text, []), (with_text, ["body_html"])):
            for some in batches(wanted):
                rows = model.everything.filter(slug__in=some).order_by().only(*columns, *more)
                self.texts |= {(model, row.slug): row for row in rows}

    def text_at(self, path: str) -> Publication | None:
        view, key = self.resolve(path)
        return self.texts.get((TEXTS.get(view), key))

    def exists(self, path: str) -> bool:
        """Whether readers find something at `path` itself."""
        if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
            return self.has_file(path)
        view, key = self.resolve(path)
        if view in TEXTS:
            text = self.text_at(path)
            return text is not None and text.is_published
        if view in self.names:
            return key in self.names[view]
        return bool(view)

    def resolve(self, path: str) -> tuple[str, str]:
        """The view that answers at `path` and its first argument; empty where none does."""
        if path not in self.resolutions:
            self.resolutions[path] = resolved(path)
        return self.resolutions[path]

    def load_known(self) -> None:
        hidden = [post for post in self.texts.values() if isinstance(post, Post)]
        keys = [post.pk for post in hidden if not post.is_published]
        if self.user is None:
            self.known = set(keys)
        elif keys:
            mine = access.posts_at_desk_of(self.user).filter(pk__in=keys[:BATCH]).order_by()
            self.known = set(mine.values_list("pk", flat=True))

    def may_know(self, text: Publication) -> bool:
        """Whether the user may hear that a hidden text is there."""
        if isinstance(text, Post):
            return text.pk in self.known
        if self.user is None:
            return True
        return self.user.has_perm("posts.view_page") or self.user.has_perm("posts.change_page")

    def broken_outside(self, href: str) -> ExternalLink | None:
        """The page on another site, where the link check has found that it is gone."""
        return self.external.get(href)

    # --- Former addresses -------------------------------------------------------

    def load_moved(self, places: set[Place]) -> None:
        lost = {place.path for place in places if not self.exists(place.path)}
        asked = {other for path in lost for other in spellings(path) if "\0" not in other}
        for some in batches(asked):
            for redirect in former(some):
                location = leads_to(redirect)
                if location:
                    self.moved[redirect.path] = location

    def moved_to(self, path: str) -> str:
        """Where a former address leads now; empty where it leads nowhere."""
        for spelling in spellings(path):
            if spelling in self.moved:
                return self.moved[spelling]
            if spelling != path and self.exists(spelling):
                return spelling
        return self.moved_twin(path)

    def moved_twin(self, path: str) -> str:
        self.twins_asked += 1
        if "\0" in path or self.twins_asked > MOST_TWINS:
            return ""
        answer = twins.find_former(path)
        return answer.location if answer else ""


def address_or_root(text: Publication) -> str:
    """Where relative addresses in a text begin; a text without a slug has no address yet."""
    return text.get_absolute_url() if text.slug else "/"


def resolved(path: str) -> tuple[str, str]:
    try:
        match = resolve(path)
    except Resolver404:
        return "", ""
    return match.view_name or "unnamed", str(next(iter(match.kwargs.values()), ""))


def spellings(path: str) -> list[str]:
    """`path` with and without its last slash, as the site understands both."""
    other = path.rstrip("/") if path.endswith("/") else f"{path}/"
    return [path, other] if other else [path]


def former(paths: list[str]) -> QuerySet:
    hidden = [*long_columns("post__"), *long_columns("page__")]
    return Redirect.objects.filter(path__in=paths).select_related(*TARGETS).defer(*hidden)


def leads_to(redirect: Redirect) -> str:
    target = redirect.target
    if redirect.gone or (isinstance(target, Publication) and not target.is_published):
        return ""
    return redirect.to_path or address_of(target)


def values(rows: QuerySet, column: str, wanted: set[str]) -> set[str]:
    found = set()
    for some in batches(wanted):
        found |= set(rows.filter(**{f"{column}__in": some}).values_list(column, flat=True))
    return found


def batches(wanted: set[str]) -> list[list[str]]:
    """`wanted` in parts that one question may hold; nothing that PostgreSQL would refuse."""
    fit = sorted(each for each in wanted if each and "\0" not in each)
    return [fit[start : start + BATCH] for start in range(0, len(fit), BATCH)]
