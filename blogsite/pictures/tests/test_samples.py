"""What becomes of the sample pictures of ../shared/data."""

import json

import pytest
from django.conf import settings

from blogsite.pictures.tests.making import opened_again, refusal, taken

DATA = settings.BASE_DIR.parent / "shared" / "data"
needs_data = pytest.mark.skipif(
    not (DATA / "expected.json").exists(), reason="needs the sample pictures in ../shared/data"
)


def sample_images():
    if not (DATA / "expected.json").exists():
        return []
    entries = json.loads((DATA / "expected.json").read_text())["entries"]
    return [(name, entry) for name, entry in entries.items() if entry["kind"] == "image"]


@needs_data
@pytest.mark.parametrize(
    ("name", "expected"), [pytest.param(*sample, id=sample[0]) for sample in sample_images()]
)
def test_sample_pictures_are_taken_or_refused_as_described(name, expected):
    data = (DATA / name).read_bytes()
    unwanted = expected["expect"].startswith(("refuse", "may be accepted"))
    if unwanted:
        assert refusal(data)
        return

    full, _copies = taken(data)

    assert [full.width, full.height] == expected["upright_size"]
    kept = opened_again(full)
    assert list(kept.size) == expected["upright_size"]
    assert not kept.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(kept.info)
