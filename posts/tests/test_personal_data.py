"""What authors get of their posts and pictures when they ask for their data."""

import io
import json
from uuid import uuid4
from zipfile import ZipFile

import pytest

from accounts.personal_data import archive
from posts import trash
from posts.drafting import working_copies
from posts.models import Post
from posts.tests.factories import make_post, make_tag, make_user
from posts.tests.pictures import picture_bytes, store

pytestmark = pytest.mark.django_db


def data_of(user) -> dict[str, bytes]:
    out = io.BytesIO()
    archive.write(user, out)
    with ZipFile(out) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_author_gets_every_post_as_typed_and_nobody_elses():
    ada, bob = make_user(), make_user()
    body = "# Title\r\n\n  Typed *as is*: Łódź.\n"
    both = make_post(title="Both", slug="both", body=body, authors=[bob, ada], tags=[make_tag()])
    draft = make_post(title="Draft", slug="draft", authors=[ada], published_at=None)
    make_post(body="Somebody else's.", authors=[bob])

    files = data_of(ada)

    texts = {name: text.decode() for name, text in files.items() if name.startswith("posts/")}
    assert sorted(texts) == sorted([f"posts/{both.pk}-both.md", f"posts/{draft.pk}-draft.md"])
    front, _, text = texts[f"posts/{both.pk}-both.md"].partition("\n}\n\n")
    facts = json.loads(front + "\n}")
    assert text == both.body
    assert (facts["title"], facts["guid"], facts["draft"]) == ("Both", both.guid, False)
    assert facts["tags"] == [tag.name for tag in both.tags.all()]
    assert json.loads(texts[f"posts/{draft.pk}-draft.md"].partition("\n}\n\n")[0] + "}")["draft"]


def test_trashed_post_is_still_its_authors():
    ada = make_user()
    post = make_post(authors=[ada])
    trash.move_to_trash(post, by=ada)

    assert any(name.startswith(f"posts/{post.pk}-") for name in data_of(ada))


def test_author_gets_the_pictures_they_brought():
    ada = make_user()
    mine = store(picture_bytes(), alt="A teal box", uploaded_by=ada)
    store(picture_bytes(colour="red"), uploaded_by=make_user())

    files = data_of(ada)

    assert [row["alt"] for row in json.loads(files["pictures.json"])] == ["A teal box"]
    assert [name for name in files if name.startswith("pictures/")] == [f"pictures/{mine.file}"]
    assert files[f"pictures/{mine.file}"].startswith(b"\x89PNG")


def test_picture_that_is_lost_from_the_disk_stops_nothing(media_folder):
    ada = make_user()
    mine = store(picture_bytes(), uploaded_by=ada)
    (media_folder / mine.file).unlink()

    files = data_of(ada)

    assert f"pictures/{mine.file}" not in files
    assert "profile.json" in files


def test_author_gets_what_they_never_saved():
    ada, bob = make_user(), make_user()
    for user, words in [(ada, "Mine."), (bob, "Not hers.")]:
        working_copies.keep(user, Post, None, uuid4(), fields={"body": [words]})

    [copy] = json.loads(data_of(ada)["unsaved_texts.json"])

    assert copy["fields"] == {"body": ["Mine."]}
