"""A small site with texts in several languages, for asking two kinds of database the same.

manage.py shell --command "from posts.tests.asked import answer; answer()" < questions.json
"""

import json
import sys
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from accounts.tests.factories import make_user
from posts.search import find, find_at_desk, suggest
from posts.search.correcting import correct
from posts.tests.factories import make_page, make_post, make_tag

TEXTS = [
    # title, language, body, year
    (
        "Dogs",
        "en",
        "She walked her dogs; they were running quickly past `<b>walrus</b>` signs.",
        2024,
    ),
    ("Häuser", "de", "Die alten Häuser stehen am Ufer. Die Größe zählt.", 2023),
    ("Query sets", "en", "Call `select_related` or `asyncio.run` from `manage.py`.", 2022),
    ("Systems", "en", "In C++ and C#, on .NET or node.js, with `--no-cache`.", 2021),
    ("日本語", "ja", "これは長い文章です。", 2020),
    ("مرحبا", "ar", "السلامُ عليكم", 2019),
    ("Party 🎉", "en", "A naïve café's menu; in Kraków.", 2018),
    ("Fox", "en", "The red fox jumped. An empty line in the text.", 2017),
    ("Fur", "en", "Fox fur is red.", 2016),
    (
        "Parts",
        "en",
        "Select what is related, run asyncio, manage py, no cache, C, net, node.",
        2015,
    ),
]
HIDDEN = "The quokka sleeps under a zirconium sky."


def furnish() -> None:
    ada = make_user(handle="ada", display_name="Ada Lovelace")
    django = make_tag("Django")
    for title, language, body, year in TEXTS:
        moment = datetime(year, 5, 1, tzinfo=UTC)
        post = make_post(title=title, language=language, body=body, published_at=moment)
        if title == "Query sets":
            post.tags.add(django)
            post.bylines.all().delete()
            post.bylines.create(user=ada, position=0)
    now = timezone.now()
    for fields in [
        {"published_at": None},
        {"published_at": now + timedelta(days=1)},
        {"published_at": now - timedelta(days=9), "expires_at": now - timedelta(days=1)},
        {"deleted_at": now},
    ]:
        make_post(title="Hidden quokka", body=HIDDEN, **fields)
    make_page(title="Colophon", body="Set in a humanist typeface.")


def answer() -> None:
    """Write what each question of the list that is read finds, as JSON."""
    furnish()
    answers = {}
    for question in json.loads(sys.stdin.read()):
        results = find(question)
        posts = results.posts(results.keys)
        answers[question] = {
            "titles": [post.title for post in posts],
            "snippets": [str(post.snippet) for post in posts],
            "pages": [page.title for page in results.pages],
            "correction": correct(question, results.asked),
            "suggested": [post.title for post in suggest(question)],
            "at_desk": len(find_at_desk(question)),
            "facets": [facet.label for facet in [*results.tags, *results.years]],
        }
    print(json.dumps(answers))
