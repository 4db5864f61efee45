from posts.importers.blogger.archive import open_archive
from posts.management.archives import ImportCommand


class Command(ImportCommand):
    help = "Import an export of Blogger (Atom). See docs/import.md."
    system = "blogger"
    open_archive = open_archive
