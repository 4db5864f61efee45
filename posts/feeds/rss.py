from django.utils.feedgenerator import Rss201rev2Feed

from posts.feeds.writing import QuickItems, SteadyFeed


class RssFeed(QuickItems, SteadyFeed, Rss201rev2Feed):
    """RSS 2.0 with full text in `content:encoded` and names in `dc:creator`.

    RSS's own `author` wants an e-mail, and ours are nobody's business.
    """

    def rss_attributes(self):
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def add_root_elements(self, handler):
        self.feed["description"] = without_markup(self.feed["description"])
        super().add_root_elements(handler)
        for rel, address in self.feed["page_links"].items():
            handler.addQuickElement("atom:link", "", {"rel": rel, "href": address})

    def add_item_elements(self, handler, item):
        # Without a title of its own a post goes by how it begins.
        super().add_item_elements(handler, item | {"title": item["title"] or item["name"]})
        for author in item["authors"]:
            handler.addQuickElement("dc:creator", author["name"])
        if item["language"]:
            handler.addQuickElement("dc:language", item["language"])
        if item["image"]:
            self.add_image(handler, item["image"])
        handler.addQuickElement("content:encoded", item["content"])

    def add_image(self, handler, image):
        size = {"width": str(image["width"]), "height": str(image["height"])}
        handler.startElement(
            "media:content",
            {"url": image["url"], "type": image["type"], "medium": "image"} | size,
        )
        if image["alt"]:
            handler.addQuickElement("media:description", image["alt"], {"type": "plain"})
        handler.endElement("media:content")


def without_markup(text: str) -> str:
    """Plain `text` that stays text in readers that take it for HTML, as many do.

    All else reads the same to both kinds: a name such as R&D must not become R&amp;D.
    """
    return text.replace("<", "&lt;")
