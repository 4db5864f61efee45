"""What the filter sees in a text, of any language and with any trick."""

import pytest

from comments.models import Comment
from comments.spam.measures import MEASURES
from comments.spam.sample import Sample
from comments.spam.signs import describe
from comments.spam.tokens import MAX_TOKENS, key_of, tokens_of


def seen(body="", **fields) -> set[str]:
    return set(tokens_of(Sample(body, **fields)))


@pytest.mark.parametrize(
    ("typed", "token"),
    [
        ("Cheap PILLS", "word:pills"),
        ("Cheap PILLS", "typed:PILLS"),
        ("Cheap PILLS", "pair:cheap pills"),
        ("earn $5000 now", "word:$5000"),
        ("ｖｉａｇｒａ", "word:viagra"),
        ("vi\u200bag\u00adra", "word:viagra"),
        ("vi\u200bagra", "size:hidden:1"),
        ("v.i.a.g.r.a", "word:viagra"),
        ("v i a g r a", "sign:spelt-out"),
        ("vіаgrа", "word:viagra"),
        ("vіаgrа", "sign:disguised"),
        ("Straße", "word:strasse"),
        ("дешёвые таблетки", "word:таблетки"),
        ("дешёвые таблетки", "script:cyrillic"),
        ("廉价药品", "word:廉价"),
        ("廉价药品", "word:价药"),
        ("abc廉价", "word:abc"),
        ("ราคาถูก", "script:thai"),
        ("דואר זבל", "word:זבל"),
        ("https://www.shop.example.com/buy-now?ref=1", "link:www.shop.example.com"),
        ("https://www.shop.example.com/buy-now?ref=1", "link:.example.com"),
        ("https://www.shop.example.com/buy-now?ref=1", "path:buy"),
        ("https://www.shop.example.com/buy-now?ref=1", "sign:query-link"),
        ("http://192.0.2.7/x", "sign:number-link"),
        ("http://[2001:db8::1]:81/", "sign:port-link"),
        ("http://[broken", "sign:broken-link"),
        ("[url=http://a.example]a[/url]", "sign:forum-link"),
        ("<a href='http://a.example'>a</a>", "sign:html-link"),
        ("[a](http://a.example)", "link:a.example"),
        ("mail me: x@cheap.example", "mailto:cheap.example"),
        ("!!! what ???", "word:!!!"),
        ("", "size:words:0"),
    ],
)
def test_text_shows_token(typed, token):
    assert token in seen(typed)


def test_author_is_seen():
    tokens = seen(
        name="Best SEO", email="Joe99@Mail.Example", site="https://seo.example/top", seconds=4
    )

    assert {
        "name:seo", "whole-name:best seo", "mail:mail.example", "whole-mail:joe99@mail.example",
        "site:seo.example", "sign:site", "sign:guest", "size:mail_digits:2", "size:seconds:1",
    } <= tokens  # fmt: skip
    assert "sign:member" in seen(is_member=True)


def test_joiners_of_persian_and_emoji_are_no_trick():
    hidden = [token for token in seen("می\u200cخواهم 👩\u200d💻 here") if "hidden" in token]

    assert hidden == []


def test_words_of_another_alphabet_are_no_disguise():
    assert "sign:disguised" not in seen("обычный текст and English τεξτ")


def test_links_in_html_are_seen():
    comment = Comment(
        body='<p>Go<b>od</b> <a href="https://a.example/">x</a></p>', body_format="html"
    )

    tokens = tokens_of(Sample.of(comment))

    assert {"word:good", "link:a.example"} <= set(tokens)
    assert "word:href" not in tokens


@pytest.mark.parametrize("body_format", ["markdown", "html"])
@pytest.mark.parametrize(
    "body",
    [
        "a" * 1_000_000,
        "a " * 500_000,
        "@" * 100_000,
        "a@" * 100_000,
        "http://" * 100_000,
        "." * 1_000_000,
        "http://a.example/" + "a-" * 100_000,
        " ".join(f"w{number}" for number in range(100_000)),
        " ".join(f"http://a{number}.example/" for number in range(10_000)),
        "\u202e" * 100_000 + "x",
        "👩‍💻" * 50_000,
        "字" * 100_000,
        "\ud800\udfff\0",
        "<" * 100_000,
        "<!-- " * 50_000,
        '<a href="' * 50_000,
        "<![odd" * 50_000,
        "<script>" * 50_000,
        "&#xffffffff;" * 20_000,
    ],
    ids=lambda body: ascii(body[:12]),
)
def test_hostile_text_gives_few_tokens(body, body_format):
    comment = Comment(
        body=body, body_format=body_format, name=body[:120], site=f"http://{body[:400]}"
    )

    tokens = tokens_of(Sample.of(comment))

    assert len(tokens) == len(set(tokens)) <= MAX_TOKENS
    assert all(len(token) < 300 for token in tokens)
    assert all(0 < key_of(token) < 2**63 for token in tokens)
    assert all(describe(token) for token in tokens)


def test_end_of_a_long_text_is_seen():
    assert "word:viagra" in seen("harmless words " * 5000 + "viagra")


@pytest.mark.parametrize("name", MEASURES)
def test_every_step_of_a_measure_has_words(name):
    steps = range(len(MEASURES[name].steps) + 1)

    described = [describe(f"size:{name}:{step}") for step in steps]

    assert len(set(described)) == len(described)


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("size:links:0", "links: 0"),
        ("size:links:4", "links: 6–10"),
        ("size:links:5", "links: ≥ 11"),
        ("size:lines:2", "lines for a hundred words: 3–5"),
        ("size:capitals:5", "capital letters: 10–15 %"),
        ("word:pills", "the word “pills”"),
        ("word:a:b", "the word “a:b”"),
        ("link:.example", "a link to .example"),
        ("sign:guest", "written by a guest"),
        ("whole-name:", "the author's name “(none)”"),
    ],
)
def test_token_is_described(token, words):
    assert describe(token) == words
