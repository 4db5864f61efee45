from django.utils.feedgenerator import Atom1Feed

from posts.feeds.writing import QuickItems, SteadyFeed


class AtomFeed(QuickItems, SteadyFeed, Atom1Feed):
    """Atom 1.0 (RFC 4287) with full text, several authors and paging (RFC 5005)."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for rel, address in self.feed["page_links"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": address})

    def item_attributes(self, item):
        language = item["language"]
        return {"xml:lang": language} if language else {}

    def add_item_elements(self, handler, item):
        # Atom wants a title; a post without one goes by how it begins.
        super().add_item_elements(handler, item | {"title": item["title"] or item["name"]})
        for author in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", author["name"])
            if author.get("url"):
                handler.addQuickElement("uri", author["url"])
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})
