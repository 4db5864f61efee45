from pathlib import Path

from posts.importers.wordpress.archive import open_archive
from posts.management.archives import ImportCommand


class Command(ImportCommand):
    help = "Import an export of WordPress (WXR): posts, pages, comments. See docs/import.md."
    system = "wordpress"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--uploads", default="", help="the folder wp-content/uploads, for the pictures"
        )

    def open(self, path: Path, options: dict):
        return open_archive(path, Path(options["uploads"]) if options["uploads"] else None)
