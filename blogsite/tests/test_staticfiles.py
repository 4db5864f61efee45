import json

from django.core.management import call_command


def test_collected_stylesheet_is_one_file_with_its_parts_in_layers(settings, tmp_path):
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "blogsite.staticfiles.BundledManifestStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    sheet = (settings.STATIC_ROOT / names["css/site.css"]).read_text()
    assert "@import" not in sheet
    assert "@layer tokens {" in sheet
    assert f"../{names['fonts/vollkorn-roman.woff2']}" in sheet
    # What lies in the folder is served, and a list of it is nobody's business.
    assert not (settings.STATIC_ROOT / "staticfiles.json").exists()
