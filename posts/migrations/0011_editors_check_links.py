"""Whoever publishes also looks after the links to other sites."""

from django.db import migrations

from accounts.granting import grant

POWERS = {"posts.externallink": ["change", "view"]}


def let_publishers_check_links(apps, schema_editor):
    for role in ("Editor", "Administrator"):
        grant(apps, role, POWERS)


class Migration(migrations.Migration):
    dependencies = [("posts", "0010_findings_and_links_to_other_sites")]

    operations = [
        migrations.RunPython(let_publishers_check_links, migrations.RunPython.noop, elidable=False)
    ]
