"""Much content, quickly and always the same: for benchmarks, and for tests of long lists.

Rendering 100,000 texts one by one would take an hour. So a few hundred bodies are rendered
once, with a word in them that is then replaced: every row holds exactly what `save()` would
have computed for it, which a test checks.
"""

# ruff: noqa: S311 (nothing here is secret; it has to be the same each time)

import random
import uuid
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from blogsite.fulltext.analysis import Cut, cut
from blogsite.fulltext.vocabulary import Known
from posts.models import Byline, Post, Series, Tag
from posts.models.publication import shorten
from posts.rendering import plain_text
from posts.search.texts import POSTS, read_posts

POOL = 100  # different bodies; with more, nothing measured changes
BATCH = 500  # rows at once: about 12 MB of text
WORDS = 900  # a post; the usual length of a technical one
TAG_COUNT = 50
AUTHOR_COUNT = 12
SERIES_COUNT = 20
PARTS = 8  # of a series
SEARCH_WORD = "heliotrope"  # in 12 of 100 posts, for measuring the search
SEARCH_SHARE = 12
PLACEHOLDER = "qzplaceholderzq"  # one word to the renderer, as what replaces it
FIRST = datetime(2010, 1, 1, 8, tzinfo=UTC)
SPAN = timedelta(days=6000)  # to the middle of 2026
STEP = timedelta(hours=27_187)  # prime to SPAN in hours, so few posts are spread over all years too

SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstv" for vowel in "aeio"]
CODE = """\
```python
def {name}(items, limit={number}):
    \"\"\"Yield the first `limit` of `items` that are not empty.\"\"\"
    for place, item in enumerate(items):
        if place >= limit:
            return
        if item:
            yield item.strip()
```"""
SHELL = """\
```console
$ {name} --limit {number} < input.txt
{number} lines read
```"""


@dataclass
class Body:
    """A body rendered once, PLACEHOLDER still in it, and the columns that follow from it.

    `before` and `after` are what the search makes of the text on both sides of PLACEHOLDER.
    """

    markdown: str
    rendered: Post
    before: Cut
    after: Cut

    def fill(self, post: Post, word: str) -> None:
        """Set body and computed columns of `post`, with `word` in the placeholder's place."""
        made = self.rendered
        post.body = self.markdown.replace(PLACEHOLDER, word)
        for column in ("body_html", "body_text", "excerpt_html"):
            setattr(post, column, getattr(made, column).replace(PLACEHOLDER, word))
        for column in ("toc", "links", "images", "word_count", "renderer_version"):
            setattr(post, column, getattr(made, column))
        # Cut by length, so cut again for every word put in.
        post.description = shorten(plain_text(post.excerpt_html))

    def cut(self, word: str) -> Cut:
        """What the search makes of the whole text with `word` in the placeholder's place."""
        return self.before + cut(word, settings.LANGUAGE_CODE) + self.after


def generate(count: int, seed: int, progress=iter) -> int:
    """Make sure that the `count` posts of `seed` are there; returns how many were made now.

    `progress` wraps the list of batches. Stopped half-way, it goes on where it was.
    """
    authors, tags, series = make_authors(), make_tags(), make_series()
    made, known = 0, defaultdict(set)
    for start in progress(range(0, count, BATCH)):
        numbers = missing(range(start, min(start + BATCH, count)), seed)
        if numbers:
            posts = {number: make_post(number, seed, series) for number in numbers}
            store(posts, seed, authors, tags, known)
        made += len(numbers)
    return made


def missing(numbers: range, seed: int) -> list[int]:
    sources = {source_of(number, seed): number for number in numbers}
    there = Post.everything.filter(source__in=sources).values_list("source", flat=True)
    return sorted(sources[source] for source in sources.keys() - set(there))


def source_of(number: int, seed: int) -> str:
    return f"generated:{seed}:{number}"


@transaction.atomic
def store(posts: dict[int, Post], seed: int, authors: list, tags: list, known: Known) -> None:
    """Save the posts, each under its number, with all that hangs on them."""
    Post.objects.bulk_create(posts.values())
    bylines, links = [], []
    for number, post in posts.items():
        chance = random.Random(f"{seed}:{number}:people")
        chosen = chance.sample(authors, 2 if chance.random() < 0.15 else 1)
        bylines += [Byline(post=post, user=user, position=n) for n, user in enumerate(chosen)]
        links += [
            Post.tags.through(post_id=post.pk, tag_id=tag.pk) for tag in chance.sample(tags, 3)
        ]
    Byline.objects.bulk_create(bylines)
    Post.tags.through.objects.bulk_create(links)
    index(posts, seed, known)


def index(posts: dict[int, Post], seed: int, known: Known) -> None:
    """As `keep_in_step` does, but the bodies are cut up already: that is most of its work."""
    bodies = {
        post.pk: make_body(seed, number % POOL).cut(own_word(number, seed))
        for number, post in posts.items()
    }
    documents = read_posts(bodies.keys())
    POSTS.put((replace(each, body=bodies[each.key]) for each in documents), known)


def make_post(number: int, seed: int, series: list) -> Post:
    chance = random.Random(f"{seed}:{number}")
    title = sentence(chance, 5).rstrip(".")
    published_at = FIRST + number * STEP % SPAN
    key = source_of(number, seed)
    post = Post(
        title=title,
        slug=f"generated-{seed}-{number}",
        published_at=published_at,
        updated_at=published_at + timedelta(days=30) if chance.random() < 0.1 else None,
        created_at=published_at,
        guid=f"tag:generated.example.org,2026:{uuid.uuid5(uuid.NAMESPACE_URL, key)}",
        source=key,
    )
    if number < len(series) * PARTS:
        post.series, post.series_part = series[number % len(series)], number // len(series) + 1
    make_body(seed, number % POOL).fill(post, own_word(number, seed))
    return post


def own_word(number: int, seed: int) -> str:
    """The one that stands in no other post."""
    return f"{word(random.Random(f'{seed}:{number}:word'))}{number}"


@cache
def make_body(seed: int, place: int) -> Body:
    """One of the pool; SEARCH_SHARE in a hundred of it hold SEARCH_WORD."""
    chance = random.Random(f"{seed}:body:{place}")
    opening = sentence(chance, 12, PLACEHOLDER)
    if place % 100 < SEARCH_SHARE:
        opening += " " + sentence(chance, 6, SEARCH_WORD)
    blocks = [f"{opening} {paragraph(chance)}"]
    for sample in (CODE, SHELL):
        blocks.append(f"## {sentence(chance, 3).rstrip('.')}")
        blocks += [paragraph(chance) for _number in range(3)]
        blocks.append(sample.format(name=word(chance), number=chance.randint(2, 99)))
    while len(" ".join(blocks).split()) < WORDS:
        blocks.append(paragraph(chance))
    markdown = "\n\n".join(blocks) + "\n"
    post = rendered(markdown)
    before, after = post.body_text.split(PLACEHOLDER)
    language = settings.LANGUAGE_CODE
    return Body(markdown, post, before=cut(before, language), after=cut(after, language))


def rendered(markdown: str) -> Post:
    """An unsaved post with the columns that `save()` would fill."""
    post = Post(body=markdown)
    post.render()
    return post


def paragraph(chance: random.Random) -> str:
    return " ".join(sentence(chance, chance.randint(6, 16)) for _number in range(5))


def sentence(chance: random.Random, length: int, special: str = "") -> str:
    words = [word(chance) for _number in range(length)]
    words[0] = words[0].capitalize()
    if special:
        words.insert(length // 2, special)
    return " ".join(words) + "."


def word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.choice([1, 2, 2, 3])))


def make_authors() -> list:
    users = get_user_model().objects
    return [
        users.filter(handle=f"generated-{number}").first()
        or users.create_user(handle=f"generated-{number}", display_name=f"Author {number}")
        for number in range(1, AUTHOR_COUNT + 1)
    ]


def make_tags() -> list[Tag]:
    return [
        Tag.objects.get_or_create(slug=f"generated-{number}", defaults={"name": f"Topic {number}"})[
            0
        ]
        for number in range(1, TAG_COUNT + 1)
    ]


def make_series() -> list[Series]:
    return [
        Series.objects.get_or_create(
            slug=f"generated-{number}", defaults={"title": f"Series {number}"}
        )[0]
        for number in range(1, SERIES_COUNT + 1)
    ]
