"""Static files with hashed names, compressed, and one stylesheet on the wire."""

import re

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\)\s+layer\((?P<layer>[\w.-]+)\);')
ENTRIES = ["css/site.css", "css/desk.css"]


class BundledManifestStorage(CompressedManifestStaticFilesStorage):
    """Writes the imports of an entry stylesheet into it while static files are collected.

    In development the browser follows the `@import`s itself; in production a chain of small
    requests would hold back the first paint. Entry and parts share a folder, so relative
    addresses inside them stay right.
    """

    # Modules of the desk import each other by the names that hashing gives them.
    support_js_module_import_aggregation = True

    def __init__(self, *args, **kwargs):
        # The list of all names lies beside the served folder: nobody needs it from outside.
        beside = FileSystemStorage(settings.VAR_DIR)
        super().__init__(*args, manifest_storage=beside, **kwargs)

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            for entry in ENTRIES:
                if entry in paths:
                    self._inline_imports(entry)
                    # Hashing reads each file where `paths` says; this one has changed here.
                    paths[entry] = (self, entry)
        yield from super().post_process(paths, dry_run, **options)

    def _inline_imports(self, entry):
        def contents(match):
            part = f"{folder}/{match['path']}"
            return f"@layer {match['layer']} {{\n{self._read(part)}\n}}"

        folder = entry.rpartition("/")[0]
        bundled = IMPORT.sub(contents, self._read(entry))
        self.delete(entry)
        self._save(entry, ContentFile(bundled.encode()))

    def _read(self, name):
        with self.open(name) as file:
            return file.read().decode()
