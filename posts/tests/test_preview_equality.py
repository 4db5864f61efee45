"""The preview is the page: the same HTML, for every text of the demo."""

import pytest
from django.core.management import call_command

from posts.models import Page, Post
from posts.tests.test_upload import PREVIEW, sign_in

pytestmark = pytest.mark.django_db


def test_preview_of_every_demo_text_is_what_its_page_shows(client):
    call_command("load_demo", verbosity=0)
    sign_in(client, "add_post")
    texts = [*Post.objects.published(), *Page.objects.published()]

    different = []
    for text in texts:
        answer = client.post(
            PREVIEW, {"content": text.body}, headers={"accept": "application/json"}
        )
        html = answer.json()["html"]
        page = client.get(text.get_absolute_url()).content.decode()
        if html != text.body_html or html not in page:
            different.append(str(text))

    assert len(texts) > 3
    assert different == []
