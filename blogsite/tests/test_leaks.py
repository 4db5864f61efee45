"""Nothing leaks: every address of the site against every way of not being public.

The table names every address there is. A new one that is not in it fails the first test; decide
there what it shows, and of whom.
"""

import json
from contextlib import suppress
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from accounts import roles
from blogsite.tests.hidden import (
    COMMENT_KEYS,
    HIDDEN_STATUSES,
    STATES,
    make_all_hidden,
    make_hidden_comments,
    make_texts,
)
from blogsite.tests.kept_visitor import KeptVisitor
from comments.models import Comment
from posts.models import Page, Post, SiteSettings
from posts.search import keep_in_step
from posts.tests.factories import make_user

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Surface:
    """Addresses of one pattern; `{word}` stands for the secret word of a state."""

    paths: tuple[str, ...]
    answers: str = "all"  # to whom: all, or only while the text, the group, the period is public
    shows: bool = False  # whether a published text is to be seen here


def text(*paths):
    return Surface(paths, answers="text", shows=True)


def group(*paths, shows=True):
    return Surface(paths, answers="group", shows=shows)


def everyone(*paths):
    return Surface(paths)


def listing(*paths):
    return Surface(paths, shows=True)


def alias(*paths):
    return Surface(paths, answers="alias")


def account(*paths):
    """Of the person who is signed in, or the way in; no text of the site is here."""
    return Surface(paths, answers="account")


TABLE = {
    "posts:list": listing("/"),
    "posts:stream": listing("/posts/"),
    "posts:detail": text("/post/{word}-post/"),
    "posts:markdown": text("/post/{word}-post.md"),
    # Whoever was sent a signed link sees the one draft; nobody can make one up.
    "posts:draft": Surface(("/draft/{word}/", "/draft/1-{word}.{word}/"), answers="nobody"),
    "posts:tags": listing("/tags/"),
    "posts:tag": group("/tag/{word}-tag/"),
    "posts:author": group("/author/{word}-author/"),
    "posts:series_list": listing("/series/"),
    "posts:series": group("/series/{word}-series/"),
    "posts:archive": everyone("/archive/"),
    "posts:search": listing("/search/?q=quokka", "/search/?q=quokka&page=1"),
    # Says first what was asked, as the format wants it; a test of its own asks for hidden words.
    "posts:suggestions": listing("/search/suggestions.json?q=quokka"),
    "posts:year": Surface(("/1999/", "/2099/"), answers="period"),
    "posts:month": Surface(("/1999/05/", "/2099/05/", "/1999/5/"), answers="period"),
    "posts:feed": listing("/feed/"),
    "posts:rss": listing("/rss/"),
    "posts:json_feed": listing("/feed.json"),
    "posts:feed_alias": everyone("/atom/", "/feed.xml", "/feed/rss"),
    "posts:tag_feed": group("/tag/{word}-tag/feed/"),
    "posts:tag_rss": group("/tag/{word}-tag/rss/"),
    "posts:tag_json_feed": group("/tag/{word}-tag/feed.json"),
    "posts:tag_feed_alias": alias("/tag/{word}-tag/atom.xml", "/tag/{word}-tag/rss.xml"),
    "posts:author_feed": group("/author/{word}-author/feed/"),
    "posts:author_rss": group("/author/{word}-author/rss/"),
    "posts:author_json_feed": group("/author/{word}-author/feed.json"),
    "posts:author_feed_alias": alias("/author/{word}-author/index.xml"),
    "posts:series_feed": group("/series/{word}-series/feed/"),
    "posts:series_rss": group("/series/{word}-series/rss/"),
    "posts:series_json_feed": group("/series/{word}-series/feed.json"),
    "posts:series_feed_alias": alias("/series/{word}-series/feed/atom"),
    "posts:sitemap": listing("/sitemap.xml"),
    "posts:sitemap_part": everyone(
        *(f"/sitemap-{name}-1.xml" for name in ("posts", "pages", "tags", "series", "authors"))
    ),
    "posts:robots": everyone("/robots.txt"),
    "posts:llms": listing("/llms.txt"),
    "posts:humans": listing("/humans.txt"),
    "posts:security_txt": everyone("/.well-known/security.txt"),
    "reporting:report": Surface(("/reports/",), answers="staff"),  # takes, and shows nothing
    "posts:manifest": everyone("/manifest.webmanifest"),
    "posts:opensearch": everyone("/opensearch.xml"),
    "posts:favicon": everyone("/favicon.ico"),
    "posts:touch_icon": everyone("/apple-touch-icon.png"),
    "posts:accent": everyone("/accent/30.css"),
    # The name of a picture is a digest of it: who knows it has seen the picture.
    "posts:media": Surface(("/media/{word}.png", "/media/../{word}.png"), answers="nobody"),
    "posts:page": text("/{word}-page/"),
    "posts:page_markdown": text("/{word}-page.md"),
    "comments:discussion": text(
        "/post/{word}-post/comments/", "/post/{word}-post/comments/?order=newest"
    ),
    "comments:state": Surface(("/post/{word}-post/comments/state.json",), answers="text"),
    "comments:comment": group("/comments/{comment}/"),
    "comments:feed": listing("/comments/feed/"),
    "comments:rss": listing("/comments/rss/"),
    "comments:json_feed": listing("/comments/feed.json"),
    "comments:feed_alias": everyone("/comments/atom/", "/comments/feed/rss"),
    "comments:post_feed": text("/post/{word}-post/comments/feed/"),
    "comments:post_rss": text("/post/{word}-post/comments/rss/"),
    "comments:post_json_feed": text("/post/{word}-post/comments/feed.json"),
    "comments:post_feed_alias": Surface(("/post/{word}-post/comments/atom.xml",), answers="text"),
    # Who holds a signed link sees their own mail, or the one comment; nobody can make one up.
    "comments:mail": Surface(("/comments/mail/{word}/", "/comments/mail/1.{word}/"), "nobody"),
    "comments:own_mail": account("/account/comment-mail/"),
    "comments:mail_confirm": Surface(("/comments/mail/confirm/1.{word}/",), answers="nobody"),
    "comments:mail_stop": Surface(("/comments/mail/stop/1-all.{word}/",), answers="nobody"),
    # Of a comment's own author only, for some minutes.
    "comments:edit": Surface(("/comments/1/edit/",), answers="nobody"),
    "comments:delete": Surface(("/comments/1/delete/",), answers="nobody"),
    "comments:preview": Surface(("/comments/preview/",), answers="staff"),
    "comments:received": everyone("/comments/received/"),
    "comments:decide": Surface(("/comments/decide/1-1-approved.{word}/",), answers="nobody"),
    "accounts:home": account("/account/"),
    "accounts:profile": account("/account/profile/"),
    "accounts:picture": account("/account/profile/picture/"),
    "accounts:data": account("/account/data/"),
    "accounts:leave": account("/account/leave/"),
    "accounts:stay": account("/account/leave/stay/"),
    "accounts:sign_in_by_link": account("/account/link/"),
    "accounts:login_link": account("/account/link/{word}/"),
    "account_login": account("/account/login/"),
    "account_logout": account("/account/logout/"),
    "account_reauthenticate": account("/account/reauthenticate/"),
    "account_email": account("/account/email/"),
    "account_email_verification_sent": account("/account/email/sent/"),
    "account_confirm_email": account("/account/email/some-key/"),
    "account_inactive": account("/account/inactive/"),
    "account_change_password": account("/account/password/"),
    "account_set_password": account("/account/password/set/"),
    "account_reset_password": account("/account/password/reset/"),
    "account_reset_password_done": account("/account/password/reset/sent/"),
    "account_reset_password_from_key": account("/account/password/reset/1-key/"),
    "account_reset_password_from_key_done": account("/account/password/reset/done/"),
    "account_signup": account("/account/signup/"),
    "change_password": account("/.well-known/change-password"),
    "account_signup_sent": account("/account/signup/sent/"),
    "account_signup_finish": account("/account/signup/{word}/"),
    "mfa_index": account("/account/second-step/"),
    "mfa_authenticate": account("/account/second-step/ask/"),
    "mfa_reauthenticate": account("/account/second-step/again/"),
    "mfa_activate_totp": account("/account/second-step/app/"),
    "mfa_deactivate_totp": account("/account/second-step/app/remove/"),
    "mfa_view_recovery_codes": account("/account/second-step/codes/"),
    "mfa_generate_recovery_codes": account("/account/second-step/codes/new/"),
    "mfa_download_recovery_codes": account("/account/second-step/codes/file/"),
    "mfa_list_webauthn": account("/account/second-step/passkeys/"),
    "mfa_add_webauthn": account("/account/second-step/passkeys/add/"),
    "mfa_reauthenticate_webauthn": account("/account/second-step/passkeys/again/"),
    "mfa_remove_webauthn": account("/account/second-step/passkeys/1/remove/"),
    "mfa_edit_webauthn": account("/account/second-step/passkeys/1/"),
    "mfa_login_webauthn": account("/account/second-step/passkeys/login/"),
    "usersessions_list": account("/account/sessions/"),
    "usersessions_end": account("/account/sessions/1/end/"),
    "usersessions_end_others": account("/account/sessions/others/end/"),
    "accounts:activity": account("/account/activity/"),
    "markdownx_upload": Surface(("/markdownx/upload/",), answers="staff"),
    "markdownx_markdownify": Surface(("/markdownx/markdownify/",), answers="staff"),
    "writing_targets": Surface(("/admin/writing/targets/?q={word}",), answers="desk"),
    "writing_pictures": Surface(("/admin/writing/pictures/?q={word}",), answers="desk"),
    "writing_picture": Surface(("/admin/writing/pictures/1/",), answers="desk"),
}
# Not patterns of their own, but places where something hidden could show through.
NEIGHBOURS = everyone(
    "/post/open-{state}/", "/open-page-{state}/", "/series/shared/", "/tag/shared/", "/2020/"
)
# The same for comments that are not public, under a post that is.
UNDER_OPEN = everyone(
    "/post/open-comments/",
    "/post/open-comments/comments/",
    "/post/open-comments/comments/?order=newest",
    "/post/open-comments/comments/state.json",
    "/post/open-comments/comments/feed/",
    "/post/open-comments/comments/rss/",
    "/post/open-comments/comments/feed.json",
)
FORMER_TEXTS = (
    "/post/{word}-post-was/",
    "/post/{word}-post-was.md",
    "/post/{word}-post-was/comments/",
    "/post/{word}-post-was/comments/state.json",
    "/post/{word}-post-was/comments/feed/",
    "/{word}-page-was/",
)
FORMER_GROUPS = (
    "/tag/{word}-tag-was/",
    "/tag/{word}-tag-was/feed/",
    "/series/{word}-series-was/",
    "/series/{word}-series-was/feed.json",
    "/author/{word}-author-was/",
    "/author/{word}-author-was/rss.xml",
)


@pytest.fixture(params=["anonymous", "anonymous, by kept pages", "reader", "other author"])
def visitor(request, client):
    """Somebody without a session, and those signed in who may see no more than that."""
    cache.clear()  # what another test was answered
    SiteSettings(security_contact="security@example.org").save()
    if request.param == "anonymous, by kept pages":
        return KeptVisitor()
    if request.param != "anonymous":
        reader = make_user(display_name="Reader")
        if request.param == "other author":
            roles.give(reader, roles.AUTHOR)
        client.force_login(reader)
    return client


@pytest.fixture(params=["anonymous", "reader"])
def outsider(request, client):
    """Somebody who has nothing to do at the desk."""
    if request.param == "reader":
        client.force_login(make_user(display_name="Reader"))
    return client


def asked(visitor, paths, words, accept="text/html"):
    """Path, state and answer; a path without a word in it is the same in all states."""
    for path in paths:
        for state in words if "{" in path else ["all"]:
            full = path.format(word=words.get(state), state=state, comment=COMMENT_KEYS.get(state))
            yield full, state, visitor.get(full, headers={"Accept": accept})


def assert_silent(response, words):
    said = response.getvalue().decode("utf-8", "replace").lower() + str(response.headers).lower()
    assert [word for word in words.values() if word in said] == []


# --- The table is whole -----------------------------------------------------------


def names_of(patterns, spaces=()):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from names_of(pattern.url_patterns, spaces + space)
        else:
            yield ":".join([*spaces, pattern.name or str(pattern.pattern)])


def all_names():
    return set(names_of(get_resolver().url_patterns))


def test_every_address_is_in_the_table():
    """The admin is one room with one door; a test of its own tries that at every address."""
    assert {name for name in all_names() if not name.startswith("admin:")} == set(TABLE)


# --- What is not public is not there ----------------------------------------------


def statuses_for(surface, state) -> set[int]:
    return {
        "all": {200, 301},
        "text": {STATES.get(state)},
        "group": {404},
        "alias": {404},
        "period": {404, 301},  # one digit leads to two first, whatever there is
        "nobody": {404},
        "staff": {302, 403, 405},
        "desk": {200, 302, 403, 404},  # to who writes at the desk, of what they may see there
        "account": {200, 302, 403, 404, 405, 410},
    }[surface.answers]


def test_hidden_text_is_nowhere(visitor):
    words = make_all_hidden()

    for surface in (*TABLE.values(), NEIGHBOURS):
        for path, state, response in asked(visitor, surface.paths, words):
            assert response.status_code in statuses_for(surface, state), path
            assert_silent(response, words)


def test_suggestions_for_a_hidden_word_are_none(visitor):
    """Half of a word as well: it would go on in what nobody may read."""
    for word in make_all_hidden().values():
        for typed in (word, word[:-1]):
            answer = visitor.get(f"/search/suggestions.json?q={typed}")
            assert json.loads(answer.content) == [typed, [], [], []]


def test_hidden_comment_is_nowhere(visitor):
    words = make_hidden_comments()

    for surface in (*TABLE.values(), UNDER_OPEN):
        for path in surface.paths:
            if "{" not in path:
                assert_silent(visitor.get(path), words)
    for status in HIDDEN_STATUSES:
        for comment in Comment.objects.filter(status=status):
            assert visitor.get(f"/comments/{comment.pk}/").status_code == 404


def test_hidden_comment_is_on_no_desk_but_the_moderators(client):
    words = make_hidden_comments()
    client.force_login(make_user(is_staff=True))

    assert_silent(client.get("/admin/"), words)
    for path in admin_paths(Comment.objects.first().pk):
        assert_silent(client.get(path), words)


def test_hidden_text_has_no_markdown(visitor):
    words = make_all_hidden()
    paths = [path for each in TABLE.values() if each.answers == "text" for path in each.paths]

    for path, state, response in asked(visitor, paths, words, accept="text/markdown"):
        assert response.status_code == STATES[state], path
        assert_silent(response, words)


def test_former_address_of_a_hidden_text_tells_nothing(visitor):
    words = make_all_hidden()

    for path, state, response in asked(visitor, FORMER_TEXTS, words):
        assert response.status_code == STATES[state], path
        assert_silent(response, words)
    for path, _state, response in asked(visitor, FORMER_GROUPS, words):
        assert response.status_code == 404, path
        assert_silent(response, words)


def test_no_door_of_the_admin_is_open(outsider):
    words = {"draft": make_texts("draft")}
    draft = Post.objects.get(slug="zqdraft-post")

    for path in admin_paths(draft.pk):
        response = outsider.get(path)
        assert response.status_code in {302, 403, 405}, path
        assert_silent(response, words)


def test_draft_of_another_is_behind_no_door_of_the_admin(client):
    words = {"draft": make_texts("draft")}
    author = make_user()
    roles.give(author, roles.AUTHOR)
    client.force_login(author)

    for path in admin_paths(Post.objects.get(slug="zqdraft-post").pk):
        assert_silent(client.get(path), words)


def admin_paths(pk):
    """Every address of the admin, for the row `pk` where it is about one."""
    for name in (name for name in all_names() if name.startswith("admin:")):
        for args in ([], [pk], [pk, pk]):
            with suppress(NoReverseMatch):
                yield reverse(name, args=args)


# --- What is public is there ------------------------------------------------------


def assert_seen_everywhere(visitor, word):
    """The other half of the proof: the word does show where it may."""
    for name, surface in TABLE.items():
        if surface.shows:
            for path in surface.paths:
                key = COMMENT_KEYS[word.removeprefix("zq")]
                response = visitor.get(path.format(word=word, comment=key), follow=True)
                assert response.status_code == 200, (name, path)
                assert word in response.content.decode().lower(), (name, path)


def test_published_text_is_everywhere(visitor):
    word = make_texts("published")

    assert_seen_everywhere(visitor, word)
    for path in (*FORMER_TEXTS, *FORMER_GROUPS):
        assert visitor.get(path.format(word=word)).status_code == 301, path


def test_scheduled_text_appears_when_its_time_has_come(visitor):
    """Nothing runs in between: only the clock moves, or here the date."""
    word = make_texts("scheduled")
    before = visitor.get("/feed/")
    for model in (Post, Page):
        keys = list(model.objects.scheduled().values_list("pk", flat=True))
        model.objects.filter(pk__in=keys).update(published_at=timezone.now())
        keep_in_step(model, keys)

    assert_seen_everywhere(visitor, word)
    assert visitor.get("/feed/", headers={"If-None-Match": before["ETag"]}).status_code == 200
