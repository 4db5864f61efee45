"""Every link followed and every form abused, by everybody there is: nothing breaks, nothing runs.

What is sent comes from a lot with a fixed seed, so that a failure can be had again.
"""

from collections import Counter
from random import Random
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache
from lxml import html

from accounts.models import AccountSettings, User
from accounts.tests.recent import sign_in_just_now
from blogsite.tests.attacks.test_stored_xss import faults_in
from blogsite.tests.crawl import raw_links_of
from blogsite.tests.desk_world import make_people, make_rows
from blogsite.tests.faults.hostile_forms import Form, forms_on, shape_of
from comments.tests.writing import set_rules
from posts.models import SiteSettings

pytestmark = [pytest.mark.faults, pytest.mark.django_db]

SEED = 20_261
ORIGIN = "http://testserver"
STARTS = ["/", "/archive/", "/search/?q=word", "/account/", "/account/login/", "/admin/"]
ALIKE = 2  # addresses of one shape that are looked at
MOST_PAGES = 120
MOST_FORMS = 170
ROLES = ["anonymous", "member", "author", "editor", "moderator", "administrator"]


class Crawler:
    """Somebody who follows everything; `troubles` says what went wrong, and where."""

    def __init__(self, client, person: User | None):
        self.client = client
        self.person = person
        self.groups = list(person.groups.all()) if person else []
        self.lot = Random(SEED)  # can be drawn again
        self.troubles = []
        self.asked = 0

    def come_in(self) -> None:
        """Be there again as before, whatever the last form has ended."""
        cache.clear()
        AccountSettings.objects.update(staff_needs_second_step=False)
        if self.person is None:
            return
        if not User.objects.filter(pk=self.person.pk).exists():
            self.person.save(force_insert=True)
        self.person.save()
        self.person.groups.set(self.groups)
        sign_in_just_now(self.client, self.person)

    def look_around(self) -> tuple[list[str], dict[tuple, Form]]:
        """Every page that can be reached from the starts, and every form on them."""
        queue, seen, forms, shapes = list(STARTS), [], {}, Counter()
        for path in queue:
            shapes[shape_of(path)] += 1
            if path in seen or shapes[shape_of(path)] > ALIKE or len(seen) >= MOST_PAGES:
                continue
            seen.append(path)
            answer = self.ask("get", path)
            queue += self.ways_from(answer, path)
            for form in forms_in(answer, path):
                forms.setdefault(form.shape, form)
        return seen, forms

    def ways_from(self, answer, path: str) -> list[str]:
        if answer is None:
            return []
        if "Location" in answer:
            links = [urljoin(ORIGIN + path, answer["Location"])]
        elif is_page(answer):
            links = raw_links_of(html.fromstring(answer.content), ORIGIN + path)
        else:
            links = []
        inside = [urlsplit(link)._replace(fragment="") for link in links if is_ours(link)]
        return [each._replace(scheme="", netloc="").geturl() for each in inside]

    def abuse(self, form: Form) -> None:
        for values in [
            form.empty(),
            form.spoiled(self.lot, keeping=True),
            form.spoiled(self.lot, keeping=False),
        ]:
            self.come_in()
            self.ask(form.method, form.path, values)

    def ask(self, method: str, path: str, values: dict | None = None):
        """The answer, looked at; None where there was only an exception."""
        self.asked += 1
        address = f"10.1.{self.asked // 250}.{self.asked % 250}"  # so that nobody has to wait
        headers = {"Sec-Fetch-Site": "same-origin"}
        try:
            answer = getattr(self.client, method)(
                path, values, headers=headers, REMOTE_ADDR=address
            )
            found = faults_of(answer)
        except Exception as error:  # whatever it is, it is what this test looks for
            answer, found = None, [f"{type(error).__name__}: {error}"[:300]]
        if found:
            sent = {name: str(value)[:60] for name, value in (values or {}).items()}
            self.troubles.append((method, path, sent, found))
        return answer


def is_ours(link: str) -> bool:
    return link.startswith(f"{ORIGIN}/") and not link.startswith(f"{ORIGIN}/static/")


def is_page(answer) -> bool:
    is_html = answer.get("Content-Type", "").startswith("text/html")
    return is_html and not answer.streaming and bool(answer.content.strip())


def forms_in(answer, path: str) -> list[Form]:
    if answer is None or not is_page(answer):
        return []
    return forms_on(html.fromstring(answer.content), path)


def faults_of(answer) -> list[str]:
    found = [f"status {answer.status_code}"] if answer.status_code >= 500 else []
    if is_page(answer):
        found += faults_in(answer)
        if b"Traceback (most recent call last)" in answer.content:
            found.append("traceback")
    return found


@pytest.mark.parametrize("role", ROLES)
def test_nothing_breaks_and_nothing_runs(client, role):
    SiteSettings(pk=1).save()
    set_rules(policy="open")
    people = make_people()
    make_rows(people)
    crawler = Crawler(client, people.get(role))
    crawler.come_in()

    paths, forms = crawler.look_around()
    for form in list(forms.values())[:MOST_FORMS]:
        crawler.abuse(form)
    crawler.come_in()
    for path in paths:  # where what was sent may be shown
        crawler.ask("get", path)

    assert crawler.troubles == []
    assert len(paths) > 20
    assert len(forms) > 3
