"""The group of those who keep the site: everything but what only a superuser does.

It stands here because this is the app that knows all the others.
"""

from django.db import migrations

from accounts.granting import grant

ALL = ["add", "change", "delete", "view"]
ADMINISTRATOR = {
    "posts.post": [*ALL, "publish"],
    "posts.page": ALL,
    "posts.tag": ALL,
    "posts.series": ALL,
    "posts.image": ALL,
    "posts.redirect": ALL,
    "posts.sitesettings": ["change", "view"],
    "comments.comment": ["moderate"],
    "accounts.user": [*ALL, "give_role"],
    "accounts.invitation": ALL,
    "accounts.accountsettings": ["change", "view"],
    "audit.event": ["view"],
    "reporting.violation": ["delete", "view"],
    "outgoing.message": ["change", "delete", "view"],
    "outgoing.job": ["change", "delete", "view"],
}


def create_role(apps, schema_editor):
    grant(apps, "Administrator", ADMINISTRATOR)


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0002_moderator_role"),
        ("posts", "0003_author_and_editor_roles"),
        ("accounts", "0002_describe_people"),
        ("audit", "0001_create_events"),
        ("outgoing", "0001_create_outgoing"),
        ("reporting", "0001_create_violations"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_role, migrations.RunPython.noop, elidable=False)]
