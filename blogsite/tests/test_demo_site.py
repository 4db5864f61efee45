"""The demo site as served by the production server: links, weight, headers, valid HTML."""

import gzip
import os
import re
import shutil
import subprocess
from urllib.parse import urldefrag, urljoin

import pytest
from lxml import html

from blogsite.tests.crawl import crawl, get, raw_links_of

FRONT_PAGE_BUDGET = 50_000  # bytes of HTML, CSS and JavaScript, compressed; LOOK.md
FONT_BUDGET = 90_000  # bytes
NU_HTML_CHECKER = os.environ.get("VNU_JAR")


@pytest.fixture(scope="module")
def answers(demo_site):
    return crawl(demo_site)


@pytest.fixture(scope="module")
def pages(answers):
    return {
        address: answer
        for address, answer in answers.items()
        if answer.is_html and answer.status == 200
    }


def longest_post(pages):
    posts = {address: page for address, page in pages.items() if "/post/" in address}
    return max(posts, key=lambda address: len(posts[address].body))


def test_no_link_is_broken(answers):
    broken = {
        address: (answer.status, answer.found_on)
        for address, answer in answers.items()
        if answer.status not in {200, 301}
    }

    assert broken == {}
    assert len(answers) > 200


def test_own_pages_link_to_final_addresses(answers, demo_site):
    """A link of our own never costs the reader a redirect."""
    detours = {
        address: answer.found_on for address, answer in answers.items() if answer.status == 301
    }

    assert detours == {}


def test_fragments_lead_somewhere(answers, pages):
    dangling = set()
    for address, page in pages.items():
        for link in raw_links_of(html.fromstring(page.body), address):
            target, fragment = urldefrag(link)
            if fragment and target in pages and fragment not in pages[target].ids:
                dangling.add((address, link))

    assert dangling == set()


def test_every_page_is_canonical_about_itself(pages, demo_site):
    for address, page in pages.items():
        canonical = html.fromstring(page.body).xpath("//link[@rel='canonical']/@href")

        # A question to the search, or whom the form under a discussion answers.
        assert canonical == [re.sub(r"\?(q|reply)=.*", "", address)], address


def test_every_page_says_what_it_is_about(pages):
    for address, page in pages.items():
        assert html.fromstring(page.body).xpath("//meta[@name='description']/@content"), address


def test_ids_on_a_page_are_unique(pages):
    for address, page in pages.items():
        ids = html.fromstring(page.body).xpath("//@id")

        assert len(ids) == len(set(ids)), address


def test_no_page_has_inline_script_style_or_handler(pages):
    for address, page in pages.items():
        document = html.fromstring(page.body)
        inline = document.xpath(
            "//script[not(@src) and not(@type='application/ld+json')] | //style | //@style"
            " | //@*[starts-with(name(), 'on')]"
        )

        assert inline == [], address


def test_nothing_is_asked_of_third_parties(pages, demo_site):
    for address, page in pages.items():
        document = html.fromstring(page.body)
        asked = document.xpath(
            "//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='preload'"
            " or @rel='icon']/@href | //iframe/@src | //source/@srcset"
        )
        elsewhere = [link for link in asked if not urljoin(address, link).startswith(demo_site)]

        assert elsewhere == [], address


def test_readers_get_no_cookie(answers):
    assert [address for address, answer in answers.items() if "set-cookie" in answer.headers] == []


def test_static_files_are_kept_for_ever_and_compressed(answers):
    static = [answer for address, answer in answers.items() if "/static/" in address]
    sheet = next(answer for answer in static if answer.address.endswith(".css"))

    assert static
    for answer in static:
        assert "immutable" in answer.headers["cache-control"], answer.address
    packed = get(sheet.address, **{"Accept-Encoding": "br, gzip"})
    assert packed.headers["content-encoding"] == "br"


def test_page_weight_is_within_budget(pages, demo_site):
    for address in (f"{demo_site}/", longest_post(pages)):
        document = html.fromstring(pages[address].body)
        parts = document.xpath("//script/@src | //link[@rel='stylesheet']/@href")
        weights = {part: packed_size(urljoin(address, part)) for part in parts}
        # What the Markdown of one very long post weighs is the author's business; the frame's
        # weight is ours, so the page itself counts on the front page only.
        own = packed_size(address) if address == f"{demo_site}/" else 0

        assert own + sum(weights.values()) <= FRONT_PAGE_BUDGET, weights


def packed_size(address: str) -> int:
    packed = get(address, **{"Accept-Encoding": "br, gzip"})
    if "content-encoding" in packed.headers:
        return len(packed.body)
    return len(gzip.compress(packed.body))


def test_fonts_are_within_budget(demo_site, answers):
    sheet = next(address for address in answers if "/css/site." in address)
    fonts = re.findall(r'url\("?([^")]+)', answers[sheet].body.decode())
    sizes = {font: len(get(urljoin(sheet, font)).body) for font in fonts if font.endswith(".woff2")}

    assert sizes
    assert sum(sizes.values()) <= FONT_BUDGET, sizes


@pytest.mark.skipif(
    not (NU_HTML_CHECKER and shutil.which("java")),
    reason="Name the Nu HTML checker for this: VNU_JAR=/path/to/vnu.jar, and install Java",
)
def test_html_is_valid(pages, tmp_path):
    for number, page in enumerate(pages.values()):
        (tmp_path / f"{number:03}.html").write_bytes(page.body)

    check = subprocess.run(
        ["java", "-jar", NU_HTML_CHECKER, "--errors-only", "--skip-non-html", str(tmp_path)],
        capture_output=True,
        text=True,
    )

    assert check.stderr == ""
    assert len(pages) > 50
