"""Pages of other origins that ask for ours with the cookies of whoever looks at them."""

import pytest

from blogsite.tests.attacks.walking import every_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["administrator", "reader"])
def test_only_what_is_public_is_shared_with_other_origins(client, world, who):
    client.force_login(getattr(world, who))
    shared = []

    for place in every_address(world):
        answer = client.get(place.path, headers={"origin": "https://evil.example"})
        assert "Access-Control-Allow-Credentials" not in answer.headers, place
        if origin := answer.headers.get("Access-Control-Allow-Origin"):
            shared.append(place)
            assert origin == "*", place
            assert answer["Cache-Control"].startswith("public"), place

    assert shared  # feeds, for readers that run in a browser
