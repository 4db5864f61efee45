from posts.importers.feeds.archive import open_archive
from posts.management.archives import ImportCommand


class Command(ImportCommand):
    help = "Import the texts of a feed from a file: RSS, Atom or JSON Feed. See docs/import.md."
    system = "feed"
    open_archive = open_archive
