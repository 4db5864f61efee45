"""Reading feeds in tests, as feed readers do."""

import feedparser
from lxml import etree

ALL_FEEDS = ["/feed/", "/rss/", "/feed.json"]
XML_FEEDS = ["/feed/", "/rss/"]
ATOM = "{http://www.w3.org/2005/Atom}"


def parse(response):
    """What feedparser makes of an XML feed; a feed that is not well-formed fails here."""
    headers = {"content-type": response["Content-Type"]}
    found = feedparser.parse(response.content, response_headers=headers)
    assert not found.bozo, found.get("bozo_exception")
    return found


def root(response):
    return etree.fromstring(response.content)
