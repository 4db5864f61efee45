"""Files that no picture owns: a program that is killed leaves those it had just written.

Files are written before the row that names them is certain, for the other way round a reader
would meet pictures without a file.
"""

from datetime import timedelta

from blogsite.pictures.files import old_files, remove_files
from posts.models.image import Image
from posts.pictures.storing import FOLDER


def remove_orphans(older_than: timedelta) -> int:
    """Remove picture files that no row names and that were written longer ago than that.

    How many went. Younger ones may belong to an upload or import that is still at work. Raises
    NotImplementedError on a storage that cannot list its files.
    """
    written = old_files(FOLDER, older_than)
    # Read after the files: what got its row meanwhile has an owner.
    owned = owned_files()
    orphans = [name for name in written if name not in owned]
    remove_files(orphans)
    return len(orphans)


def owned_files() -> set[str]:
    owned = set()
    for file, renditions in Image.everything.values_list("file", "renditions").iterator():
        owned |= {file, *(copy["file"] for copy in renditions)}
    return owned
