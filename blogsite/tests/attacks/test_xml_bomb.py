"""Documents whose entities multiply, or name files of this machine."""

from blogsite.tests.attacks.imports import users_of

READERS = {
    "xml.dom", "xml.sax", "xml.etree", "xml.parsers", "lxml", "defusedxml", "pickle", "marshal", "shelve",
}  # fmt: skip
WRITERS = "xml.sax.saxutils"  # escapes what goes out
# They refuse a DOCTYPE: posts/tests/test_import_archives.py and comments/tests/test_read_disqus.py.
IMPORTERS = ("posts/importers/", "comments/importers/")


def test_nothing_reads_xml_or_other_formats_that_can_act():
    """Feeds and sitemaps only go out. Whoever lets XML in has to refuse DOCTYPE here first."""
    found = [use for use in users_of(READERS) if not use[1].startswith(WRITERS)]

    assert [use for use in found if not use[0].startswith(IMPORTERS)] == []
