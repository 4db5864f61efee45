import json

from django.utils.feedgenerator import SyndicationFeed

from posts.feeds.writing import SteadyFeed
from posts.moments import iso

VERSION = "https://jsonfeed.org/version/1.1"


class JsonFeed(SteadyFeed, SyndicationFeed):
    """JSON Feed 1.1 with full text."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        json.dump(self.document(), outfile, ensure_ascii=False)

    def document(self) -> dict:
        feed = self.feed
        fields = {
            "version": VERSION,
            "title": feed["title"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "next_url": feed["page_links"].get("next"),
            "description": feed["subtitle"],
            "language": feed["language"],
            "authors": [{"name": feed["author_name"], "url": feed["author_link"]}],
        }
        return without_empty(fields) | {"items": [self.item_fields(item) for item in self.items]}

    def item_fields(self, item) -> dict:
        fields = {
            "title": item["title"],
            "summary": item["summary"],
            "image": item["image"]["url"] if item["image"] else "",
            "date_published": iso(item["pubdate"]),
            "date_modified": iso(item["updateddate"]),
            "authors": item["authors"],
            "tags": item["categories"],
            "language": item["language"],
        }
        always = {"id": item["unique_id"], "url": item["link"], "content_html": item["content"]}
        return always | without_empty(fields)


def without_empty(fields: dict) -> dict:
    return {name: value for name, value in fields.items() if value}
