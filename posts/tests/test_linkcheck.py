"""Links to other sites: which are asked for, how, and what is made of the answers.

An internet on this machine stands for the real one.
"""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from blogsite.outgoing import periodic
from blogsite.outgoing.models import Round
from posts.linkcheck import broken_links, checking, gathering
from posts.linting import check
from posts.models import ExternalLink, LinkUse, Post
from posts.tests.factories import in_an_hour, make_page, make_post
from posts.tests.writing import staff_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    """Nobody waits in these tests; how long would have been waited is noted."""
    waited = []
    monkeypatch.setattr(checking.time, "sleep", waited.append)
    return waited


def link_to(address="http://blog.example/page", **fields) -> Post:
    return make_post(**{"summary": "S.", "body": f"[a](<{address}>)"} | fields)


def check_now() -> ExternalLink:
    """Gather and check once; the one link there is."""
    ExternalLink.objects.update(due_at=timezone.now())
    gathering.gather()
    checking.check_due()
    return ExternalLink.objects.get()


def a_day_passes(days=1.0) -> None:
    for link in ExternalLink.objects.all():
        for column in ("failing_since", "failed_at", "checked_at"):
            moment = getattr(link, column)
            setattr(link, column, moment and moment - timedelta(days=days))
        link.due_at = timezone.now()
        link.save()


def asked(internet) -> list[tuple[str, str]]:
    return [(method, path) for method, path, _headers, _body in internet.seen]


# --- What is asked for ------------------------------------------------------------


def test_only_what_readers_can_see_is_asked_for(internet):
    link_to("http://blog.example/draft", published_at=None)
    link_to("http://blog.example/coming", published_at=in_an_hour())
    link_to("http://blog.example/gone", deleted_at=timezone.now())
    link_to("http://blog.example/post")
    make_page(body="<http://blog.example/page> [in](/about/) <mailto:a@example.org>")

    gathering.gather()
    checking.check_due()

    assert sorted(asked(internet)) == [("HEAD", "/page"), ("HEAD", "/post")]


def test_link_of_a_text_that_is_taken_back_is_forgotten(internet):
    post = link_to()
    gathering.gather()
    Post.objects.update(published_at=None)

    checking.check_due()
    gathering.gather()

    assert asked(internet) == []
    assert not ExternalLink.objects.exists()
    assert Post.objects.get() == post


def test_link_in_two_posts_is_asked_for_once(internet):
    link_to("http://blog.example/page#a")
    link_to("http://blog.example/page#b")

    gathering.gather()
    gathering.gather()
    checking.check_due()

    assert asked(internet) == [("HEAD", "/page")]
    assert LinkUse.objects.count() == 2


def test_link_that_was_changed_is_another_one(internet):
    post = link_to()
    gathering.gather()
    post.body = "<http://blog.example/other>"
    post.save()

    gathering.gather()

    assert [link.address for link in ExternalLink.objects.all()] == ["http://blog.example/other"]


@pytest.mark.parametrize(
    "address",
    [
        "http://me:secret@blog.example/",
        "http://blog.example:22/",
        "ftp://blog.example/",
        "http://[",
    ],
)
def test_what_must_not_be_asked_for_is_left_out(address):
    link_to(address)

    gathering.gather()

    assert not ExternalLink.objects.exists()


def test_this_machine_is_never_asked(local, internet):
    link_to(f"http://127.0.0.1:{local.port}/secret")

    link = check_now()

    assert local.seen == []
    assert (link.failures, link.problem) == (0, "127.0.0.1 is not on the public internet")


def test_gathering_takes_the_same_queries_for_many_links(django_assert_max_num_queries):
    for number in range(30):
        link_to(f"http://site-{number}.example/")

    with django_assert_max_num_queries(20):
        gathering.gather()

    assert ExternalLink.objects.count() == 30


# --- What the answers mean --------------------------------------------------------


def test_page_that_answers_is_fine_for_a_week(internet):
    link_to()

    link = check_now()
    checking.check_due()

    assert (link.status, link.problem, link.failures) == (200, "", 0)
    assert link.due_at - timezone.now() > timedelta(days=6)
    assert asked(internet) == [("HEAD", "/page")]


@pytest.mark.parametrize("status", [403, 404, 405, 500, 501])
def test_page_that_only_refuses_head_is_fine(internet, status):
    def answer(handler):
        handler.say(status if handler.command == "HEAD" else 206, {}, b"x")

    internet.answers["/page"] = answer
    link_to()

    assert check_now().failures == 0
    assert asked(internet) == [("HEAD", "/page"), ("GET", "/page")]
    assert internet.seen[1][2]["Range"] == "bytes=0-1023"


def test_page_without_end_is_there(internet):
    internet.answers["/page"] = lambda handler: handler.say(
        403 if handler.command == "HEAD" else 200, {}, b"x" * 3 * 2**20
    )
    link_to()

    assert check_now().problem == ""


def test_link_is_broken_after_two_failures_a_day_apart(internet):
    internet.answers["/page"] = (404, {}, b"")
    post = link_to()

    first = check_now()
    again = check_now()
    a_day_passes()
    second = check_now()

    assert [each.is_broken for each in (first, again, second)] == [False, False, True]
    assert first.due_at - timezone.now() < timedelta(days=1.1)
    [broken] = broken_links()
    assert (broken.problem, [use.text for use in broken.uses.all()]) == ("404 Not Found", [post])


def test_link_that_works_again_is_whole_at_once(internet):
    internet.answers["/page"] = (410, {}, b"")
    link_to()
    check_now()
    a_day_passes()
    check_now()
    internet.answers.clear()

    link = check_now()

    assert (link.failures, link.failing_since, link.problem) == (0, None, "")


@pytest.mark.parametrize("status", [401, 403, 429, 451, 500, 503, 999])
def test_answer_that_says_nothing_for_certain_breaks_no_link(internet, status):
    internet.answers["/page"] = (status, {}, b"")
    link_to()

    for _day in range(4):
        link = check_now()
        a_day_passes()

    assert (link.status, link.failures) == (status, 0)
    assert link.problem


def test_unsure_answer_between_two_failures_does_not_mend(internet):
    link_to()
    for status in (404, 503, 404):
        internet.answers["/page"] = (status, {}, b"")
        link = check_now()
        a_day_passes()

    assert link.is_broken


def test_site_that_is_gone_is_a_failure(internet, names):
    link_to("http://gone.invalid/")

    link = check_now()

    assert (link.status, link.failures) == (None, 1)
    assert link.problem.startswith("gone.invalid is not known")


def test_site_that_asks_for_rest_gets_it_for_all_its_links(internet):
    internet.answers["/a"] = (429, {"Retry-After": "172800"}, b"")
    for path in "abc":
        link_to(f"http://blog.example/{path}")
    link_to("http://other.example/d")

    gathering.gather()
    checking.check_due()

    assert asked(internet) == [("HEAD", "/a"), ("HEAD", "/d")]
    rest = ExternalLink.objects.filter(host="blog.example")
    assert all(link.due_at - timezone.now() > timedelta(days=1.9) for link in rest)


@pytest.mark.parametrize("value", ["", "soon", "-1", "9" * 30, "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_rest_that_makes_no_sense_is_a_day_at_least_and_a_week_at_most(internet, value):
    internet.answers["/page"] = (503, {"Retry-After": value}, b"")
    link_to()

    link = check_now()

    assert timedelta(hours=23) < link.due_at - timezone.now() < timedelta(days=8)


def test_one_site_is_asked_once_a_second_and_others_meanwhile(internet, no_pauses):
    for path in ("a", "b"):
        link_to(f"http://blog.example/{path}")
    link_to("http://other.example/c")

    gathering.gather()
    checking.check_due()

    assert [path for _method, path in asked(internet)] == ["/a", "/c", "/b"]
    assert len(no_pauses) == 1
    assert 0 < no_pauses[0] <= 1


def test_round_ends_in_time_and_the_next_goes_on(internet):
    for path in "ab":
        link_to(f"http://blog.example/{path}")
    gathering.gather()

    nothing = checking.check_due(seconds=0)
    one = checking.check_due(most=1)
    rest = checking.check_due()

    assert (nothing, one, rest) == (0, 1, 1)


def test_checking_comes_round():
    periodic.discover()

    periodic.begin_due()

    rounds = {each.name for each in Round.objects.all()}
    assert {
        "posts.periodic.gather_links_to_other_sites",
        "posts.periodic.check_links_to_other_sites",
    } <= rounds


# --- Who hears of it --------------------------------------------------------------


def broken(address="http://blog.example/page", **fields) -> Post:
    post = link_to(address, **fields)
    gathering.gather()
    before = timezone.now() - timedelta(days=3)
    links = ExternalLink.objects.filter(address=address.partition("#")[0])
    links.update(failures=2, failing_since=before, problem="404 Not Found")
    return post


@pytest.mark.parametrize("address", ["http://blog.example/page", "http://blog.example/ü?a=b#c"])
def test_linter_tells_of_a_broken_link(address):
    post = link_to(address)
    gathering.gather()
    before = timezone.now() - timedelta(days=3)
    ExternalLink.objects.update(failures=2, failing_since=before, problem="404 Not Found")

    [finding] = check(post)

    assert (finding.rule, finding.line) == ("link-external", 1)
    assert f"has not answered since {before.date()}: 404 Not Found" in finding.message


def test_list_shows_broken_links_with_their_posts(client):
    staff_with(client, "view_externallink")
    post = broken(title="Tea")
    link_to("http://blog.example/fine")
    gathering.gather()

    page = client.get(reverse("admin:posts_externallink_changelist"))

    assert [link.address for link in page.context["cl"].result_list] == ["http://blog.example/page"]
    assert f'<a href="/admin/posts/post/{post.pk}/change/">Tea</a>' in page.content.decode()


def test_list_names_no_text_that_is_hidden(client):
    staff_with(client, "view_externallink")
    post = broken(title="A secret")
    broken(title="Tea")
    Post.objects.filter(pk=post.pk).update(published_at=None)

    html = client.get(reverse("admin:posts_externallink_changelist")).content.decode()

    assert "Tea" in html
    assert "A secret" not in html


def test_list_takes_the_same_queries_for_many(client, django_assert_max_num_queries):
    staff_with(client, "view_externallink")
    url = reverse("admin:posts_externallink_changelist")
    for number in range(20):
        broken(f"http://blog.example/{number}")

    with django_assert_max_num_queries(12):
        client.get(url)


def test_link_can_be_checked_again(client):
    staff_with(client, "view_externallink", "change_externallink")
    broken()
    link = ExternalLink.objects.get()
    ExternalLink.objects.update(due_at=timezone.now() + timedelta(days=7))
    data = {"action": "check_again", "_selected_action": [link.pk]}

    client.post(reverse("admin:posts_externallink_changelist"), data)

    assert ExternalLink.objects.due().get() == link


def test_command_checks_what_is_due_or_everything(internet, capsys):
    internet.answers["/page"] = (404, {}, b"")
    link_to()

    call_command("check_links")
    call_command("check_links")
    call_command("check_links", "--now")

    assert capsys.readouterr().out.splitlines() == [
        "http://blog.example/page 404 Not Found",
        "1 asked, 0 broken",
        "0 asked, 0 broken",
        "http://blog.example/page 404 Not Found",
        "1 asked, 0 broken",
    ]


def test_start_page_names_broken_links_to_who_may_see_them(client):
    broken("http://blog.example/lost", title="Tea")
    staff_with(client, "view_externallink")
    seen = client.get(reverse("admin:index")).content.decode()
    staff_with(client, "add_post")
    unseen = client.get(reverse("admin:index")).content.decode()

    assert "http://blog.example/lost" in seen
    assert "Tea" in seen.partition('id="start-broken"')[2].partition("</section>")[0]
    assert "http://blog.example/lost" not in unseen
