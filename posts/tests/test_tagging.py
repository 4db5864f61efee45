"""Tags that are made by typing their names."""

import pytest

from posts.models import Tag
from posts.tagging import tags_named
from posts.tests.factories import make_tag

pytestmark = pytest.mark.django_db


def test_tags_whose_names_differ_in_a_sign_have_telling_slugs():
    tags_named(["C", "C++", "C#", "#python", "R&D"])

    assert list(Tag.objects.order_by("pk").values_list("slug", flat=True)) == [
        "c",
        "c-plus-plus",
        "c-sharp",
        "python",
        "r-and-d",
    ]


def test_tag_is_found_whatever_its_case_in_any_script():
    tag = make_tag("Ёлка", slug="yolka")

    assert tags_named(["ЁЛКА"]) == [tag]
