"""Figures, pictures and embeds."""

import pytest

from posts.rendering import Picture, render_post

SIZES = "(min-width: 45rem) 43rem, 100vw"
SHOT = Picture(
    src="/m/shot.webp",
    width=1200,
    height=800,
    full="/m/shot-large.webp",
    sources=(("image/avif", "/m/a.avif 480w, /m/b.avif 900w"),),
    alt="What the site knows",
)


def render(source: str) -> str:
    return render_post(source, lambda sources: {"shot.png": SHOT}).html


def picture(alt: str, loading: str) -> str:
    return (
        f'<picture><source type="image/avif" srcset="/m/a.avif 480w, /m/b.avif 900w" sizes="{SIZES}">'
        f'<img src="/m/shot.webp" width="1200" height="800" alt="{alt}" {loading} decoding="async"></picture>'
    )


EAGER, LAZY = 'loading="eager"', 'loading="lazy"'


def test_picture_alone_is_a_figure_that_opens_large():
    assert render('![A "shot"](shot.png "The *caption*")\n') == (
        '<figure class="image">\n<a class="enlarge" href="/m/shot-large.webp" data-enlarge="" '
        f'aria-label="Enlarge: A &quot;shot&quot;">{picture("A &quot;shot&quot;", EAGER)}</a>\n'
        "<figcaption>The *caption*</figcaption>\n</figure>\n"
    )


def test_later_pictures_load_lazily():
    html = render("![a](shot.png)\n\n![b](shot.png)\n")

    assert html.count(EAGER) == 1
    assert picture("b", LAZY) in html


def test_missing_words_come_from_the_site():
    assert picture("What the site knows", EAGER) in render("![](shot.png)\n")


def test_linked_picture_keeps_its_link():
    assert render("[![a](shot.png)](https://x.example)\n") == (
        f'<figure class="image">\n<a href="https://x.example">{picture("a", EAGER)}</a>\n</figure>\n'
    )


def test_picture_in_a_line_stays_there():
    html = render("See ![a](shot.png) here\n")

    assert html.startswith('<p>See <a class="enlarge"')
    assert html.endswith("</picture></a> here</p>\n")


def test_several_pictures_in_a_paragraph_are_several_figures():
    assert render('![a](a.png "A")\n![b](b.png)\n') == (
        '<figure class="image">\n<img src="a.png" alt="a" loading="lazy">\n<figcaption>A</figcaption>\n</figure>\n'
        '<figure class="image">\n<img src="b.png" alt="b" loading="lazy">\n</figure>\n'
    )


def test_unknown_picture_stays_plain():
    assert render("x ![a](other.png 'T')\n") == (
        '<p>x <img src="other.png" alt="a" title="T" loading="lazy"></p>\n'
    )


def test_pictures_are_asked_for_once_and_as_typed():
    asked = []

    rendered = render_post(
        '![a](a.png) ![b](<b ö.png>) ![a](a.png)\n\n<img src="c&amp;d.png">\n\n'
        "![e](data:image/png;base64,AA==)\n\n`![no](no.png)`\n\n![q](?x=1&y)\n\n[^1]\n\n[^1]: ![n](n.png)\n",
        lambda sources: asked.append(sources) or {},
    )

    assert asked == [["a.png", "b ö.png", "c&d.png", "?x=1&y", "n.png"]]
    assert rendered.images == asked[0]


def test_nothing_is_asked_where_there_is_no_picture():
    asked = []

    render_post("text", asked.append)

    assert asked == []


@pytest.mark.parametrize(
    ("url", "provider", "player"),
    [
        (
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "youtube",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ),
        (
            "https://youtube.com/watch?list=x&v=dQw4w9WgXcQ",
            "youtube",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ),
        (
            "https://youtu.be/dQw4w9WgXcQ?t=1m30s",
            "youtube",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90",
        ),
        (
            "https://youtu.be/dQw4w9WgXcQ?t=90",
            "youtube",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90",
        ),
        (
            "https://m.youtube.com/shorts/dQw4w9WgXcQ",
            "youtube",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ),
        ("https://vimeo.com/76979871", "vimeo", "https://player.vimeo.com/video/76979871?dnt=1"),
        (
            "https://vimeo.com/76979871/8272103f6e",
            "vimeo",
            "https://player.vimeo.com/video/76979871?dnt=1&amp;h=8272103f6e",
        ),
        (
            "https://speakerdeck.com/player/0123456789abcdef0123456789abcdef",
            "speakerdeck",
            "https://speakerdeck.com/player/0123456789abcdef0123456789abcdef",
        ),
    ],
)
@pytest.mark.parametrize("form", ["{}", "<{}>"])
def test_video_address_alone_is_a_box(url, provider, player, form):
    html = render(form.format(url) + "\n")

    assert html.startswith(
        f'<figure class="embed" data-provider="{provider}" data-embed="{player}" data-label="Load '
    )
    assert f'<a href="{url.replace("&", "&amp;")}">' in html
    assert "before you click.</figcaption>" in html
    assert "iframe" not in html


def test_deck_page_is_a_box_with_a_link():
    assert render("https://speakerdeck.com/who/what\n") == (
        '<figure class="embed" data-provider="speakerdeck">\n'
        '<a href="https://speakerdeck.com/who/what">See the slides on SpeakerDeck</a>\n</figure>\n'
    )


@pytest.mark.parametrize(
    "source",
    [
        "See https://youtu.be/dQw4w9WgXcQ\n",
        "[words](https://youtu.be/dQw4w9WgXcQ)\n",
        "https://youtu.be/short\n",
        "https://www.youtube.com/@channel\n",
        "https://vimeo.com/about\n",
        "https://evil.example/watch?v=dQw4w9WgXcQ\n",
        "https://speakerdeck.com/who\n",
    ],
)
def test_other_addresses_stay_links(source):
    html = render(source)

    assert "figure" not in html
    assert "<a href=" in html
