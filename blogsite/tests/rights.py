"""The matrix of rights at the desk: for every address and every action, who may.

Each role is a letter; a space is nobody. The author wrote all posts and pictures there are, the
other one none. Visitors and members may nothing anywhere, so they have no letter.

    A author   O other author   M moderator   E editor   D administrator   S superuser
"""

from dataclasses import dataclass, field

WHO = {
    "A": "author",
    "O": "other",
    "M": "moderator",
    "E": "editor",
    "D": "administrator",
    "S": "superuser",
}
ALL_STAFF = "AOMEDS"
WRITERS = "AOEDS"
PUBLISHERS = "EDS"
MODERATORS = "MDS"
KEEPERS = "DS"
NOBODY = ""


@dataclass(frozen=True)
class Row:
    """One row: who may look at it with its history, change it, and delete or trash it."""

    look: str
    change: str
    delete: str


@dataclass(frozen=True)
class Room:
    """The admin of one model."""

    list: str
    add: str
    rows: dict[str, Row]  # by the state of the row
    actions: dict[str, str] = field(default_factory=dict)


def plain(who: str, change=None, delete=None, add=None, **actions) -> Room:
    """A room in which one row is as good as another."""
    change, delete, add = (who if each is None else each for each in (change, delete, add))
    return Room(who, add, {"": Row(who, change, delete)}, actions)


AUTHOR_AND_PUBLISHERS = "A" + PUBLISHERS

ROOMS = {
    "posts.post": Room(
        WRITERS,
        WRITERS,
        {
            "draft": Row(AUTHOR_AND_PUBLISHERS, AUTHOR_AND_PUBLISHERS, AUTHOR_AND_PUBLISHERS),
            "submitted": Row(AUTHOR_AND_PUBLISHERS, AUTHOR_AND_PUBLISHERS, AUTHOR_AND_PUBLISHERS),
            "scheduled": Row(AUTHOR_AND_PUBLISHERS, PUBLISHERS, PUBLISHERS),
            "published": Row(AUTHOR_AND_PUBLISHERS, PUBLISHERS, PUBLISHERS),
            "discarded": Row(AUTHOR_AND_PUBLISHERS, NOBODY, NOBODY),
            "trashed": Row(AUTHOR_AND_PUBLISHERS, NOBODY, NOBODY),
        },
        {
            "move_selected_to_trash draft": AUTHOR_AND_PUBLISHERS,
            "move_selected_to_trash submitted": AUTHOR_AND_PUBLISHERS,
            "move_selected_to_trash scheduled": PUBLISHERS,
            "move_selected_to_trash published": PUBLISHERS,
            "move_selected_to_trash discarded": NOBODY,  # is there already
            "move_selected_to_trash trashed": NOBODY,
            "mark_reviewed draft": NOBODY,  # no reader has it
            "mark_reviewed published": PUBLISHERS,
            "restore_selected draft": NOBODY,  # was never gone
            "restore_selected submitted": NOBODY,
            "restore_selected scheduled": NOBODY,
            "restore_selected published": NOBODY,
            "restore_selected discarded": AUTHOR_AND_PUBLISHERS,
            "restore_selected trashed": PUBLISHERS,
            "add_tags draft": AUTHOR_AND_PUBLISHERS,
            "add_tags submitted": AUTHOR_AND_PUBLISHERS,
            "add_tags scheduled": PUBLISHERS,
            "add_tags published": PUBLISHERS,
            "add_tags discarded": NOBODY,
            "add_tags trashed": NOBODY,
            "remove_tags draft": NOBODY,  # has none; see posts/tests/test_bulk.py
            "name_authors draft": PUBLISHERS,
            "name_authors submitted": PUBLISHERS,
            "name_authors scheduled": PUBLISHERS,
            "name_authors published": PUBLISHERS,
            "name_authors trashed": NOBODY,
            "schedule draft": PUBLISHERS,
            "schedule submitted": PUBLISHERS,
            "schedule scheduled": PUBLISHERS,
            "schedule published": NOBODY,  # is there already
            "schedule trashed": NOBODY,
        },
    ),
    "posts.page": Room(
        PUBLISHERS,
        PUBLISHERS,
        {
            "draft": Row(PUBLISHERS, PUBLISHERS, PUBLISHERS),
            "trashed": Row(PUBLISHERS, NOBODY, NOBODY),
        },
        {
            "move_selected_to_trash draft": PUBLISHERS,
            "move_selected_to_trash trashed": NOBODY,
            "restore_selected draft": NOBODY,
            "restore_selected trashed": PUBLISHERS,
        },
    ),
    "posts.image": Room(
        WRITERS,
        WRITERS,
        {
            "": Row(AUTHOR_AND_PUBLISHERS, AUTHOR_AND_PUBLISHERS, PUBLISHERS),
            "trashed": Row(AUTHOR_AND_PUBLISHERS, NOBODY, NOBODY),
        },
        {
            "move_selected_to_trash": PUBLISHERS,
            "move_selected_to_trash trashed": NOBODY,
            "restore_selected": NOBODY,
            "restore_selected trashed": PUBLISHERS,
        },
    ),
    "posts.tag": plain(
        PUBLISHERS,
        delete_selected=PUBLISHERS,
        merge_selected=NOBODY,  # asks first; see posts/tests/test_tag_merging.py
    ),
    "posts.series": plain(PUBLISHERS, delete_selected=PUBLISHERS),
    "posts.redirect": plain(PUBLISHERS, delete_selected=PUBLISHERS),
    "posts.externallink": plain(
        PUBLISHERS, add=NOBODY, change=NOBODY, delete=NOBODY, check_again=PUBLISHERS
    ),
    "posts.sitesettings": plain(KEEPERS, add=NOBODY, delete=NOBODY),
    "comments.comment": plain(
        MODERATORS,
        add=NOBODY,
        delete=NOBODY,
        approve_marked=MODERATORS,
        spam_marked=MODERATORS,
        remove_marked=MODERATORS,
        hold_marked=NOBODY,  # waits already
    ),
    "comments.decision": plain(
        MODERATORS, add=NOBODY, change=NOBODY, delete=NOBODY, take_back=MODERATORS
    ),
    "comments.discussion": plain(
        MODERATORS, add=NOBODY, change=NOBODY, delete=NOBODY, lock=MODERATORS, unlock=MODERATORS
    ),
    "comments.standing": plain(MODERATORS, change=NOBODY, delete=NOBODY, lift=MODERATORS),
    "accounts.user": Room(
        KEEPERS,
        KEEPERS,
        {
            "member": Row(KEEPERS, KEEPERS, KEEPERS),
            # The page says that a byline needs its person, and has no button.
            "author": Row(KEEPERS, KEEPERS, KEEPERS),
            "superuser": Row(KEEPERS, "S", "S"),
        },
        {
            "delete_selected member": "S",
            "delete_selected author": NOBODY,
            "delete_selected superuser": "S",
        },
    ),
    "accounts.accountsettings": plain(KEEPERS, add=NOBODY, delete=NOBODY),
    "accounts.invitation": plain(KEEPERS, send_again=KEEPERS),
    "auth.group": plain("S", delete_selected="S"),
    "audit.event": plain(KEEPERS, add=NOBODY, change=NOBODY, delete=NOBODY),
    "reporting.violation": plain(KEEPERS, add=NOBODY, change=NOBODY, delete_selected=KEEPERS),
    "outgoing.message": Room(
        KEEPERS,
        NOBODY,
        {"failed": Row(KEEPERS, NOBODY, KEEPERS), "queued": Row(KEEPERS, NOBODY, NOBODY)},
        {
            "send_again failed": KEEPERS,
            "send_again queued": NOBODY,  # waits already
            "do_not_send failed": NOBODY,  # is over already
            "do_not_send queued": KEEPERS,
        },
    ),
    "outgoing.job": plain(KEEPERS, add=NOBODY, change=NOBODY, run_again=KEEPERS),
}

# What the pages send that some actions show first; {tag} and {person} are of the test's world.
ANSWERS = {
    "add_tags": {"apply": "1", "tag_names": "{tag}"},
    "remove_tags": {"apply": "1"},
    "name_authors": {"apply": "1", "authors": "{person}"},
    "schedule": {"apply": "1", "at_0": "2035-05-04", "at_1": "10:00"},
}


@dataclass(frozen=True)
class Deed:
    """An address of its own that takes a POST, about the row of a model in some state."""

    about: str
    who: str
    state: str = ""
    sends: dict[str, str] = field(default_factory=dict)
    query: str = ""


FIRST = {"number": "1"}  # the earlier of the two revisions that each text has

DEEDS = {
    "posts_post_restore": [
        Deed("posts.post", AUTHOR_AND_PUBLISHERS, "discarded"),
        Deed("posts.post", PUBLISHERS, "trashed"),
    ],
    "posts_page_restore": [Deed("posts.page", PUBLISHERS, "trashed")],
    "posts_image_restore": [Deed("posts.image", PUBLISHERS, "trashed")],
    "posts_post_remove": [
        Deed("posts.post", KEEPERS, "discarded"),
        Deed("posts.post", KEEPERS, "trashed"),
        Deed("posts.post", NOBODY, "draft"),
    ],
    "posts_page_remove": [Deed("posts.page", KEEPERS, "trashed")],
    "posts_image_remove": [Deed("posts.image", KEEPERS, "trashed")],
    "posts_post_plan_apply": [Deed("posts.post", PUBLISHERS, "planned", sends={"yes": "1"})],
    "posts_post_plan_cancel": [Deed("posts.post", PUBLISHERS, "planned", sends={"yes": "1"})],
    "posts_post_share": [
        Deed("posts.post", AUTHOR_AND_PUBLISHERS, "draft", sends={"days": "7"}),
        Deed("posts.post", AUTHOR_AND_PUBLISHERS, "submitted", sends={"days": "7"}),
        Deed("posts.post", PUBLISHERS, "scheduled", sends={"days": "7"}),
        Deed("posts.post", NOBODY, "published", sends={"days": "7"}),
        Deed("posts.post", NOBODY, "trashed", sends={"days": "7"}),
    ],
    "posts_draftlink_revoke": [
        Deed("posts.draftlink", AUTHOR_AND_PUBLISHERS, "draft"),
        Deed("posts.draftlink", PUBLISHERS, "scheduled"),
    ],
    "posts_post_restore_revision": [
        Deed("posts.post", AUTHOR_AND_PUBLISHERS, "draft", sends=FIRST | {"based_on": "2"}),
        Deed("posts.post", PUBLISHERS, "published", sends=FIRST | {"based_on": "2"}),
        Deed("posts.post", NOBODY, "trashed", sends=FIRST | {"based_on": "2"}),
    ],
    "posts_page_restore_revision": [
        Deed("posts.page", PUBLISHERS, "draft", sends=FIRST | {"based_on": "2"}),
    ],
    "posts_post_name_revision": [
        Deed("posts.post", AUTHOR_AND_PUBLISHERS, "draft", sends=FIRST | {"milestone": "As sent"}),
        Deed("posts.post", PUBLISHERS, "published", sends=FIRST | {"milestone": "As sent"}),
        Deed("posts.post", NOBODY, "trashed", sends=FIRST | {"milestone": "As sent"}),
    ],
    "posts_page_name_revision": [
        Deed("posts.page", PUBLISHERS, "draft", sends=FIRST | {"milestone": "As sent"}),
    ],
    "posts_post_correct": [
        Deed("posts.post", PUBLISHERS, "published", sends=FIRST | {"correction": "It was 1970."}),
        Deed("posts.post", NOBODY, "draft", sends=FIRST | {"correction": "It was 1970."}),
    ],
    "posts_page_correct": [
        Deed("posts.page", NOBODY, "draft", sends=FIRST | {"correction": "It was 1970."}),
    ],
    "comments_decide": [Deed("comments.comment", MODERATORS, sends={"verdict": "approve"})],
    "comments_reply": [Deed("comments.comment", MODERATORS, sends={"body": "Thanks."})],
    "comments_standing": [Deed("comments.comment", MODERATORS, sends={"verdict": "ban"})],
    "comments_lock": [Deed("comments.comment", MODERATORS, sends={"locked": "yes"})],
    "comments_undo": [Deed("", MODERATORS, query="?decision={decision}")],
    "comments_discussion_lock": [
        Deed("posts.post", MODERATORS, "published", sends={"locked": "yes"}),
        Deed("posts.post", KEEPERS, "draft", sends={"locked": "yes"}),
        Deed("posts.post", KEEPERS, "trashed", sends={"locked": "yes"}),
    ],
    "auth_user_password_change": [
        Deed("accounts.user", KEEPERS, "member"),
        Deed("accounts.user", KEEPERS, "author"),
        Deed("accounts.user", "S", "superuser"),
    ],
}
# No rows of their own; what they show is in tests of their own, or lies in the rooms.
OTHER = {
    # Who may look at the text; posts/tests/test_revisions_admin.py.
    *(
        f"posts_{kind}_{page}"
        for kind in ("post", "page")
        for page in ("revisions", "compare", "revision_markdown")
    ),
    # Each sees what is their own; posts/tests/test_drafting_autosave.py.
    *(
        f"posts_{kind}_{page}"
        for kind in ("post", "page")
        for page in ("autosave", "token", "signed_in", "unsaved", "copy")
    ),
    "index",
    "app_list",
    "posts_post_markdown",  # posts/tests/test_one_post_markdown.py
    "posts_post_import",
    "posts_post_import_new",
    "autocomplete",
    "search",
    "posts_post_plan_compare",  # posts/tests/test_planned_edits.py
    "posts_post_lint",
    "posts_page_lint",
    "jsi18n",
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "view_on_site",
    "trash",
    "<path:object_id>/",  # where Django's admin led long ago
    "(?P<url>.*)$",
}
