"""The preview is the page: the same HTML, for every text of the demo and of imported blogs."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from posts.models import Page, Post
from posts.tests.test_upload import PREVIEW, sign_in

pytestmark = pytest.mark.django_db

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
BOX = '<div class="prose post-text e-content"'


def assert_previewed_as_shown(client) -> int:
    """Compare preview, stored HTML and page of all that readers find; answers how many they were."""
    sign_in(client, "add_post")
    texts = [*Post.objects.published(), *Page.objects.published()]
    different = []
    for text in texts:
        answer = client.post(
            PREVIEW, {"content": text.body}, headers={"accept": "application/json"}
        )
        html = answer.json()["html"]
        page = client.get(text.get_absolute_url()).content.decode()
        if html != text.body_html or not fills_the_box(page, html):
            different.append(str(text))

    assert different == []
    return len(texts)


def fills_the_box(page: str, html: str) -> bool:
    """Whether the text on `page` is `html` and nothing else."""
    tag_and_text = page.partition(BOX)[2]
    return tag_and_text.partition(">")[2].startswith(f"\n{html}\n  </div>")


def test_preview_of_every_demo_text_is_what_its_page_shows(client):
    call_command("load_demo", verbosity=0)

    assert assert_previewed_as_shown(client) > 3


@pytest.mark.skipif(not DATA.exists(), reason="the sample blogs are not here (../shared/data)")
@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("markdown-plain/simonw-til", 86),
        ("pelican/jakevdp", 67),
    ],
)
def test_preview_of_every_imported_text_is_what_its_page_shows(client, name, published):
    call_command("import_markdown", DATA / name, verbosity=0)

    assert assert_previewed_as_shown(client) == published
