"""What only Django can tell or change; each verb is a process of its own, and prints JSON.

    python -m blogsite.bench.inside VERB [ARGUMENT ...]

The apps lie above this package, so their models are named by strings.
"""

import json
import os
import re
import sys
from collections import Counter

import django
from django.apps import apps

SEARCH_WORD = "heliotrope"  # posts.generate puts it into twelve posts of a hundred
PLACES = 40  # different addresses of a kind; with more, nothing measured changes
COMMENTER = "bench@example.org"


def open_comments() -> bool:
    """Let whoever comments be read at once, as often as they like."""
    settings, _made = apps.get_model("posts.SiteSettings").objects.get_or_create(pk=1)
    comments, _made = apps.get_model("comments.CommentSettings").objects.get_or_create(
        site=settings
    )
    comments.policy, comments.rate_held, comments.rate_refused = "open", 30_000, 30_000
    comments.save()
    return True


def addresses() -> dict[str, list[str]]:
    """Addresses of every kind of page, those of one kind all alike."""
    posts = discussed_posts()
    return {
        "post, 5 comments": [post.get_absolute_url() for post in posts],
        "front page": ["/"],
        "tag page": [f"/tag/generated-{number}/" for number in range(1, PLACES + 1)],
        "archive": ["/archive/"],
        "month": [f"/{year}/{month:02}/" for year in range(2011, 2026) for month in (2, 5, 9)],
        "feed": ["/feed/"],
        "search, common word": [f"/search/?q={SEARCH_WORD}"],
        "search, rare word": [f"/search/?q={word}" for word in rare_words(posts)],
        "not found": [f"/no-such-page-{number}/" for number in range(PLACES)],
    }


def discussed_posts() -> list:
    """Posts with five comments to read, or on a small site with any."""
    posts = apps.get_model("posts.Post").objects.published().defer("body_html", "body_text")
    with_five = posts.filter(discussion__approved_count=5).order_by("pk")[:PLACES]
    return list(with_five) or list(posts.filter(discussion__isnull=False).order_by("pk")[:PLACES])


def rare_words(posts: list) -> list[str]:
    """Words that stand in one post each: the ones that end in its number."""
    found = (re.search(r"\b[a-z]+\d+\b", post.body) for post in posts)
    return [match[0] for match in found if match]


def crawl(count: str) -> list[str]:
    """So many different addresses: posts first, then what hangs on them, then searches."""
    posts = apps.get_model("posts.Post").objects.published().order_by("pk")
    slugs = list(posts.values_list("slug", flat=True)[: int(count)])
    found = [f"/post/{slug}/" for slug in slugs]
    found += [f"/post/{slug}.md" for slug in slugs]
    found += [f"/post/{slug}/comments/" for slug in slugs]
    found += [
        f"/tag/generated-{number}/{page}" for number in range(1, 51) for page in ("", "?page=2")
    ]
    found += [f"/search/?q={SEARCH_WORD}+{number}" for number in range(int(count))]
    return found[: int(count)]


def queries(paths: str) -> dict[str, int]:
    """How many queries each of `paths`, a list in JSON, takes once it was asked before."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    visitor = Client(HTTP_HOST=settings.SITE_HOST)
    numbers = {}
    for path in json.loads(paths):
        visitor.get(path)
        with CaptureQueriesContext(connection) as captured:
            visitor.get(path)
        numbers[path] = len(captured)
    return numbers


def edit() -> bool:
    """For every line that comes, make it the title of the post whose address it begins with."""
    for line in sys.stdin:
        slug, _blank, title = line.strip().partition(" ")
        post = apps.get_model("posts.Post").objects.get(slug=slug)
        post.title = title
        post.save()
        print("saved", flush=True)
    return True


def forget_comments() -> dict[str, int]:
    """Delete the run's comments; how many there were, by status."""
    made = apps.get_model("comments.Comment").objects.filter(email=COMMENTER)
    posts = list(made.values_list("post_id", flat=True).distinct())
    numbers = Counter(made.values_list("status", flat=True))
    made.delete()
    apps.get_model("comments.Discussion").refresh(posts)
    return dict(numbers)


VERBS = [open_comments, addresses, crawl, queries, edit, forget_comments]


def main(verb: str, *arguments: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "blogsite.settings")
    django.setup(set_prefix=False)
    print(json.dumps({each.__name__: each for each in VERBS}[verb](*arguments)))


if __name__ == "__main__":
    main(*sys.argv[1:])
