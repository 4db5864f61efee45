"""Templates typed where text is expected."""

import pytest

from blogsite.tests.attacks.payloads import PRODUCT, TEMPLATES
from blogsite.tests.attacks.test_stored_xss import spoil
from blogsite.tests.attacks.walking import every_address

pytestmark = pytest.mark.django_db


def test_no_text_is_taken_for_a_template(client, world, settings):
    spoil(world, " ".join(TEMPLATES))
    secrets = [PRODUCT, settings.SECRET_KEY, world.administrator.password, "wsgi.url_scheme"]
    for who in [None, world.administrator]:
        if who:
            client.force_login(who)
        for place in every_address(world):
            answer = client.get(place.path, dict.fromkeys(["q", "next", "email"], TEMPLATES[0]))
            said = answer.getvalue().decode("utf-8", "replace")
            assert [secret for secret in secrets if secret in said] == [], place


@pytest.mark.parametrize("text", TEMPLATES)
def test_text_is_shown_as_it_was_typed(client, world, text):
    said = client.get("/search/", {"q": text}).context["query"]

    assert said == text
    assert PRODUCT not in client.get("/search/", {"q": text}).content.decode()
