"""Short comments as blogs get them: what a filter is trained on, and others to be told apart."""

from itertools import product

from comments.models import Comment
from comments.tests.factories import make_comment

GOOD_SUBJECTS = [
    "the migration in step two", "your Dockerfile", "the async version", "the SQL query",
    "the decorator example", "the benchmark", "the second test", "that regular expression",
]  # fmt: skip
GOOD_SENTENCES = [
    "I tried {} on Python 3.11 and get a TypeError, am I missing an import?",
    "Thanks, {} finally made sense after I read the docs twice.",
    "Wouldn't {} break if two processes write at the same time?",
    "There is a typo in {}: the variable is called `user_id`, not `userid`.",
    "We use {} in production; the memory usage went down by half. See https://docs.python.org/3/",
]
SPAM_THINGS = [
    "cheap viagra", "online casino bonus", "payday loans", "replica watches",
    "SEO backlinks", "forex signals", "weight loss pills", "essay writing service",
]  # fmt: skip
SPAM_SENTENCES = [
    "Great post! I bookmarked your website. Visit my site for {} https://{}.example/buy",
    "Very nice article, thanks for sharing this valuable information. {} [url=http://{}.example]here[/url]",
    "Hello admin, BEST {} with 90% DISCOUNT!!! Click www.{}.example",
    "I really like your blog, keep up the good work! Check out {}: http://www.{}.example/?ref=1",
    "Order {} without prescription, fast delivery <a href=http://{}.example>CLICK</a>",
]

HELD_OUT_GOOD = [
    "I get the same TypeError as above when the import runs in a thread. Any idea?",
    "Nice write-up. In the second example, shouldn't `user_id` be an index as well?",
    "The docs say that the decorator runs twice on Python 3.12, so the test may break.",
    "We had this in production with two processes. See https://docs.python.org/3/library/",
    "Typo: it is `docker compose`, without the dash.",
]
HELD_OUT_SPAM = [
    "Great article, thanks for sharing! Visit my site for cheap pills http://cheap-pills.example/buy",
    "Hello admin, get the BEST casino BONUS!!! www.lucky-casino.example",
    "I bookmarked your website, very valuable information. SEO service [url=http://rank.example]here[/url]",
    "Nice blog, keep up the good work! Replica watches with discount: https://watches.example",
    "Order pills online without prescription",
]


def train(learn_all) -> None:
    """Forty good and forty spam comments."""
    good = [
        sentence.format(subject) for subject, sentence in product(GOOD_SUBJECTS, GOOD_SENTENCES)
    ]
    spam = [
        sentence.format(thing, thing.lower().replace(" ", "-"))
        for thing, sentence in product(SPAM_THINGS, SPAM_SENTENCES)
    ]
    first = make_comment()
    lessons = [(_stored(first, text), "good") for text in good]
    lessons += [
        (_stored(first, text, name="Best Deals", site="https://deals.example"), "spam")
        for text in spam
    ]
    learn_all(lessons)


def _stored(neighbour: Comment, body: str, **fields) -> Comment:
    return make_comment(neighbour.post, body=body, **fields)
