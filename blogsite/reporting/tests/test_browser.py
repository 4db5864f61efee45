"""A real browser reports what our policy made it refuse."""

import pytest

from blogsite.reporting.models import Violation
from posts.tests.factories import make_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_refused_picture_is_reported(page):
    post = make_post()
    page.goto(post.get_absolute_url())

    page.evaluate(
        "document.body.append(Object.assign(new Image(), {src: 'https://evil.example/'}))"
    )

    for _attempt in range(600):
        if Violation.objects.exists():
            break
        page.wait_for_timeout(100)  # and no sleep, for what Chromium asks passes through here
    violation = Violation.objects.get()
    assert (violation.directive, violation.blocked) == ("img-src", "https://evil.example")
    assert violation.page == "/post/<word:slug>/"
