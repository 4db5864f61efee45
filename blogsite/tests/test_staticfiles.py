"""Static files as collected for production."""

import json
import re

import pytest
from django.core.management import call_command


@pytest.fixture
def collected(settings, tmp_path):
    """The folder of collected static files and the names they got."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "blogsite.staticfiles.BundledManifestStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    manifest = json.loads((tmp_path / "staticfiles.json").read_text())
    return tmp_path, manifest["paths"]


def test_stylesheets_are_one_file_each(collected, settings):
    folder, names = collected

    for entry in ("css/site.css", "css/desk.css"):
        sheet = (folder / names[entry]).read_text()
        source = (settings.BASE_DIR / "static" / entry).read_text()

        assert "@import" not in sheet
        assert (
            source.count("@import") == len(re.findall(r"^@layer \w+ \{$", sheet, re.MULTILINE)) > 0
        )


def test_fonts_in_the_bundle_have_their_hashed_names(collected):
    folder, names = collected
    fonts = re.findall(r'url\("?([^")]+\.woff2)', (folder / names["css/site.css"]).read_text())

    assert fonts
    for font in fonts:
        assert (folder / "css" / font).resolve().is_file()


def test_files_are_compressed_once(collected):
    folder, names = collected

    assert (folder / (names["css/site.css"] + ".br")).is_file()
    assert (folder / (names["css/site.css"] + ".gz")).is_file()
