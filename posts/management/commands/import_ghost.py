from posts.importers.ghost.archive import open_archive
from posts.management.archives import ImportCommand


class Command(ImportCommand):
    help = "Import an export of Ghost (JSON, or the zip with its pictures). See docs/import.md."
    system = "ghost"
    open_archive = open_archive
