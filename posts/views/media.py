"""Pictures and other uploads, as stored."""

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from blogsite import errors
from posts.pictures import removal

PICTURE_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
# The name of a stored picture is random and never used again, so what it names never changes.
FOREVER = "public, max-age=31536000, immutable"


def serve_media(request, path):
    """A stored picture; nothing else that may lie in the folder is served."""
    content_type = PICTURE_TYPES.get(path.rpartition(".")[2])
    if not content_type:
        raise Http404
    if removal.is_trashed(path):
        return errors.gone(request)
    try:
        file = default_storage.open(path)
    except (OSError, SuspiciousFileOperation, ValueError) as error:
        if removal.was_removed(path):
            return errors.gone(request)
        raise Http404 from error
    response = FileResponse(file, content_type=content_type)
    response["Cache-Control"] = FOREVER
    # Should a browser ever take it for a document, nothing in it may run.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # feed readers show it
    return response
