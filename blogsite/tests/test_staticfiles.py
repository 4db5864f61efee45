import json

from django.core.management import call_command


def test_collected_stylesheet_is_one_file_with_its_parts_in_layers(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "blogsite.staticfiles.BundledManifestStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    sheet = (tmp_path / names["css/site.css"]).read_text()
    assert "@import" not in sheet
    assert "@layer tokens {" in sheet
    assert f"../{names['fonts/vollkorn-roman.woff2']}" in sheet
