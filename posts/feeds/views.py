"""Feeds as answers to requests."""

from django.conf import settings
from django.core.paginator import Page
from django.http import HttpResponsePermanentRedirect
from django.utils.decorators import method_decorator
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from blogsite.pagecache import keep
from posts.feeds import subjects
from posts.feeds.entries import absolute, entry_for, legible
from posts.feeds.formats import FORMATS, suffix_for
from posts.feeds.freshness import moments
from posts.views.machine import asked_again, public_file
from posts.views.public import numbered_page

ENTRIES = 20  # full texts a document; readers ask often, and older ones are a page away

SUBJECTS = {
    "site": subjects.the_site,
    "tag": subjects.a_tag,
    "author": subjects.an_author,
    "series": subjects.a_series,
}


class AboutSubject:
    """Mixin: finds what a feed is about; an app above may have subjects of its own."""

    subject = "site"

    def find_subject(self, **names):
        return SUBJECTS[self.subject](**names)


@method_decorator(keep(parameters=["page"]), name="dispatch")
@method_decorator(csrf_exempt, name="dispatch")  # nothing here acts, so a POST is a plain 405
class FeedView(AboutSubject, View):
    """One feed in one format, in numbered pages."""

    format = "feed"

    def get(self, request, **names):
        subject = self.find_subject(**names)
        if request.GET.get("page") == "1":  # the first page has one address
            return HttpResponsePermanentRedirect(subject.path + FORMATS[self.format].suffix)
        page = self.find_page(subject)
        feed = self.make_feed(subject, page)
        self.add_items(feed, list(page.object_list), subject)
        content = feed.writeString("utf-8").encode()
        return self.answer(feed, content)

    def find_page(self, subject) -> Page:
        return numbered_page(self.request, subject.posts, ENTRIES)

    def make_feed(self, subject, page):
        first = absolute(subject.path + FORMATS[self.format].suffix)
        return self.get_writer()(
            title=legible(subject.title),
            link=absolute(self.get_page_path(subject)),
            description=legible(subject.description or subject.title),
            subtitle=legible(subject.description) or None,
            language=settings.LANGUAGE_CODE,
            author_name=legible(subject.author["name"]),
            author_link=subject.author["url"],
            feed_url=address_of_page(first, page.number),
            feed_guid=first,  # all pages are one feed
            page_links=page_links(first, page),
        )

    def get_writer(self):
        return FORMATS[self.format].writer

    def get_page_path(self, subject) -> str:
        """Where people read the same."""
        return subject.path

    def add_items(self, feed, posts: list, subject) -> None:
        feed.prepare(posts)
        for post in posts:
            feed.add_item(**entry_for(post, in_full=subject.full_text))

    def answer(self, feed, content):
        response = public_file(content, feed.content_type)
        response["Access-Control-Allow-Origin"] = "*"  # readers that run in a browser
        changed = http_date(moments.since(feed.feed["feed_url"], content))
        response["Last-Modified"] = changed
        # Another process may have seen other moments: only the very date we gave is believed.
        if self.request.headers.get("If-Modified-Since", changed) != changed:
            del self.request.META["HTTP_IF_MODIFIED_SINCE"]
        return response


@method_decorator(keep(parameters=["page"]), name="dispatch")
@method_decorator(csrf_exempt, name="dispatch")
class FeedAlias(AboutSubject, View):
    """A feed's other names lead to its own in one hop."""

    def get(self, request, alias, **names):
        path = self.find_subject(**names).path
        query = request.META.get("QUERY_STRING", "")
        address = path + suffix_for(alias) + (f"?{query}" if query else "")
        return asked_again(HttpResponsePermanentRedirect(address))


def page_links(first: str, page: Page) -> dict[str, str]:
    """The links of RFC 5005, section 3; none for a feed on one page."""
    last = page.paginator.num_pages
    if last == 1:
        return {}
    numbers = {"first": 1, "last": last}
    if page.has_previous():
        numbers["previous"] = page.previous_page_number()
    if page.has_next():
        numbers["next"] = page.next_page_number()
    return {rel: address_of_page(first, number) for rel, number in numbers.items()}


def address_of_page(first: str, number: int) -> str:
    return first if number == 1 else f"{first}?page={number}"
