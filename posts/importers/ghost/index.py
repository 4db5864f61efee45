"""What stands around the posts of an export: one pass over its file, kept on disk by key."""

from typing import BinaryIO

from posts.importers.archives.scratch import Scratch
from posts.importers.archives.values import line_of, number_of, text_of
from posts.importers.ghost.tables import rows

# Of each table, the field it is looked up by, and those that are kept.
KEPT = {
    "tags": ("id", ("name", "slug", "description", "visibility")),
    "users": (
        "id",
        ("name", "slug", "email", "bio", "website", "twitter", "facebook", "profile_image", "image"),
    ),
    "members": ("id", ("name", "email")),
    "posts_tags": ("post_id", ("tag_id",)),
    "posts_authors": ("post_id", ("author_id",)),
    "posts_meta": (
        "post_id",
        ("feature_image_alt", "feature_image_caption", "meta_description", "email_only"),
    ),
    "comments": (
        "post_id",
        (
            "id", "member_id", "parent_id", "in_reply_to_id", "status", "html",
            "created_at", "edited_at",
        ),
    ),
}  # fmt: skip
SETTINGS = {"title", "lang", "locale", "default_locale", "permalinks"}
MAX_SETTING = 500  # characters


class Index:
    """The other tables of the export in `file`; raises ArchiveRefusedError where it is damaged."""

    def __init__(self, file: BinaryIO):
        self.settings: dict[str, str] = {}
        self.scratch = Scratch()
        for table, row in rows(file, frozenset({*KEPT, "settings"})):
            if table == "settings":
                self.keep_setting(row)
            else:
                self.keep(table, row)

    def keep_setting(self, row: dict) -> None:
        key = text_of(row.get("key"))
        if key in SETTINGS:
            self.settings[key] = line_of(row.get("value"))[:MAX_SETTING]

    def keep(self, table: str, row: dict) -> None:
        key_field, fields = KEPT[table]
        values = {field: row[field] for field in fields if is_scalar(row.get(field))}
        place = number_of(row.get("sort_order"))
        self.scratch.add(table, text_of(row.get(key_field)), values, place)

    def of(self, table: str, key: str) -> list[dict]:
        """Rows of the table with that key, in their order."""
        return self.scratch.of(table, key) if key else []

    def first(self, table: str, key: str) -> dict:
        return self.scratch.first(table, key) or {} if key else {}


def is_scalar(value) -> bool:
    return isinstance(value, str | int | float)
