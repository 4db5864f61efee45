"""Links to this site that would lead a visitor on to another."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from blogsite.tests.attacks.payloads import DIRECTIONS, EVIL, FOREIGN_ADDRESSES
from blogsite.tests.attacks.walking import every_address
from blogsite.tests.attacks.world import PASSWORD
from comments.tests.moderating import press

pytestmark = pytest.mark.django_db

HERE = "http://testserver/somewhere/"
STRIPPED = "".join(map(chr, range(33)))  # by browsers, at both ends of an address
LEADING = {"href", "action", "formaction", "src", "data-next", "content"}


def leads_away(address: str) -> bool:
    """Whether a browser on a page of this site would leave it by `address`."""
    cleaned = re.sub(r"[\t\r\n]", "", address).strip(STRIPPED).replace("\\", "/")
    parts = urlsplit(urljoin(HERE, cleaned))
    return parts.netloc != "testserver" or parts.scheme not in {"http", "https"}


@pytest.mark.parametrize("address", FOREIGN_ADDRESSES)
def test_the_list_holds_what_browsers_follow_or_what_tries_to(address):
    assert leads_away(address) or EVIL in address or "\u3002" in address


def assert_stays(answer, about) -> None:
    assert answer.status_code < 500, about
    assert not leads_away(answer.headers.get("Location", "")), about
    assert EVIL not in answer.headers.get("Refresh", ""), about
    if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
        page = html.fromstring(answer.content)
        for element in page.iter():
            for name in LEADING & set(element.keys()):
                where = urlsplit(urljoin(HERE, element.get(name).replace("\\", "/")))
                assert where.hostname != EVIL, (about, element.tag, name)
                assert where.scheme not in {"javascript", "vbscript"}, (about, element.tag, name)


@pytest.mark.parametrize("who", ["administrator", "nobody"])
@pytest.mark.parametrize("address", [f"//{EVIL}/", f"/\\{EVIL}/", "javascript:alert(1)"])
def test_no_address_of_the_site_leads_away(client, world, who, address):
    if who != "nobody":
        client.force_login(getattr(world, who))
    query = dict.fromkeys(DIRECTIONS, address)

    for place in every_address(world):
        answer = client.get(place.path, query, headers={"Referer": f"https://{EVIL}/"})
        assert_stays(answer, place)


@pytest.mark.parametrize("address", FOREIGN_ADDRESSES)
def test_signing_in_and_out_leads_nowhere_else(client, world, address):
    form = {"login": world.reader.email, "password": PASSWORD, "next": address}
    for path in ["/account/login/", "/admin/login/"]:
        assert_stays(client.get(path, {"next": address}), path)
        assert_stays(client.post(path, form, query_params={"next": address}), path)
        client.force_login(world.reader)
        assert_stays(client.get(path, {"next": address}), f"{path} signed in")
        assert_stays(
            client.post("/account/logout/", {"next": address}, query_params={"next": address}),
            "signing out",
        )
        client.logout()


@pytest.mark.parametrize("address", FOREIGN_ADDRESSES)
def test_pages_of_the_account_lead_nowhere_else(client, world, address):
    client.force_login(world.reader)
    for place in every_address(world):
        if place.path.startswith("/account/") and "logout" not in place.path:
            form = {"next": address, "password": PASSWORD}
            assert_stays(client.post(place.path, form, query_params={"next": address}), place)


@pytest.mark.parametrize("address", FOREIGN_ADDRESSES)
def test_buttons_of_the_queue_lead_back_to_the_queue(client, world, address):
    client.force_login(world.administrator)

    assert_stays(press(client, "decide", world.comment, back=address, to="spam"), address)


@pytest.mark.parametrize(
    "path",
    [
        f"//{EVIL}",
        f"//{EVIL}/",
        f"//{EVIL}/..",
        f"///{EVIL}//",
        f"/\\{EVIL}",
        f"/%5c{EVIL}",
        f"/%2f{EVIL}",
        f"/%2f%2f{EVIL}",
        f"/%09/{EVIL}",
        f"/.{EVIL}",
        f"/@{EVIL}",
        f"/;@{EVIL}",
        f"/post/..//{EVIL}",
        f"//{EVIL}/%2e%2e",
        f"//{EVIL}/admin",
        f"//{EVIL}/post/post",
        f"/admin//{EVIL}",
    ],
)
def test_missing_slash_is_added_on_this_site(client, world, path):
    """Adding the last slash is a redirect to what the visitor asked for."""
    environ = {"PATH_INFO": path.replace("%2f", "/").replace("%5c", "\\").replace("%09", "\t")}

    assert_stays(client.get("/", **environ), path)
