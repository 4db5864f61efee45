from posts.importers.substack.archive import open_archive
from posts.management.archives import ImportCommand


class Command(ImportCommand):
    help = "Import an export of Substack (zip or folder). See docs/import.md."
    system = "substack"
    open_archive = open_archive
