"""Answers that a browser might take for something else than they say."""

import pytest

from blogsite.tests.attacks.walking import every_address

pytestmark = pytest.mark.django_db

# Anything else must say how its text is encoded; JSON and CSS have one way only.
PICTURES_AND_SHEETS = (
    "image/",
    "text/css",
    "application/json",
    "application/manifest+json",
    "application/x-suggestions+json",
)


@pytest.mark.parametrize("who", ["administrator", "nobody"])
def test_every_answer_says_what_it_is_and_is_believed(client, world, who):
    if who != "nobody":
        client.force_login(getattr(world, who))

    for place in every_address(world):
        answer = client.get(place.path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff", place
        if answer.getvalue():
            kind = answer.headers["Content-Type"]
            assert kind.startswith(PICTURES_AND_SHEETS) or "charset" in kind, place


def test_static_and_stored_files_are_believed(served):
    for path in ["/static/css/site.css", "/static/none.css", "/media/none.png"]:
        _status, headers, _text = served.ask("GET", path)
        assert headers["X-Content-Type-Options"] == "nosniff", path
