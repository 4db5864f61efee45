"""Names of files that would lead out of the folder they are looked for in."""

from pathlib import Path

import pytest
from django.conf import settings

from blogsite.tests.attacks.payloads import TRAVERSALS

pytestmark = pytest.mark.django_db

SECRET = b"zq-not-to-be-read"
PLACES = [
    "/media/{}",
    "/media/images/{}",
    "/static/{}",
    "/static/css/{}",
    "/post/{}/",
    "/post/{}.md",
    "/{}.md",
    "/sitemap-{}-1.xml",
    "/accent/{}.css",
    "/tag/{}/feed/",
]


@pytest.mark.parametrize("name", TRAVERSALS)
def test_name_of_a_file_leads_nowhere_else(client, world, media_folder, name):
    for beside in [media_folder.parent, media_folder.parent.parent]:
        (beside / "secret.png").write_bytes(SECRET)
        (beside / "db.sqlite3").write_bytes(SECRET)

    for place in PLACES:
        answer = client.get(place.format(name))
        assert answer.status_code in {301, 302, 400, 404, 410}, place
        assert SECRET not in answer.getvalue()


@pytest.mark.parametrize("name", TRAVERSALS)
def test_served_name_of_a_file_leads_nowhere_else(served, name):
    """As sent, byte for byte: a client tidies addresses before it asks."""
    (served.folder / "secret.png").write_bytes(SECRET)
    (served.folder / "media").mkdir(exist_ok=True)
    sent = name.encode("ascii", "ignore").decode().replace("\\", "%5c")

    for place in ["/media/{}", "/static/{}", "/{}"]:
        head = f"GET {place.format(sent)} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}"
        answer = served.say(head)
        assert answer == "" or answer.split()[1] in {
            "301",
            "302",
            "400",
            "404",
            "410",
            "414",
            "431",
        }
        assert SECRET.decode() not in answer
        assert "root:x:" not in answer


def test_only_pictures_are_served_from_the_folder_of_pictures(client, media_folder):
    for name in ["x.svg", "x.html", "x.js", "x.png.html", ".htaccess", "x", "x.PNG", "x.xml"]:
        (Path(settings.MEDIA_ROOT) / name).write_bytes(SECRET)
        assert client.get(f"/media/{name}").status_code == 404, name
