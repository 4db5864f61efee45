from posts.importers.medium.archive import open_archive
from posts.management.archives import ImportCommand


class Command(ImportCommand):
    help = "Import an export of Medium (zip or folder). See docs/import.md."
    system = "medium"
    open_archive = open_archive
