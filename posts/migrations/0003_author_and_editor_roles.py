"""The groups of those who write and of those who publish.

Their names and their members are the operator's from then on.
"""

from django.db import migrations

from accounts.granting import find_permission, grant

ALL = ["add", "change", "delete", "view"]
# What an author has added is their own, and all else about it follows from that: posts/access.py.
AUTHOR = {"posts.post": ["add"], "posts.image": ["add"]}
EDITOR = {
    "posts.post": [*ALL, "publish"],
    "posts.page": ALL,
    "posts.tag": ALL,
    "posts.series": ALL,
    "posts.image": ALL,
    "posts.redirect": ALL,
}


def create_roles(apps, schema_editor):
    grant(apps, "Author", AUTHOR)
    grant(apps, "Editor", EDITOR)


def keep_publishers(apps, schema_editor):
    """Who could change posts could publish them, before that was a permission of its own."""
    change, publish = (find_permission(apps, "posts.post", word) for word in ("change", "publish"))
    for group in apps.get_model("auth", "Group").objects.filter(permissions=change):
        group.permissions.add(publish)
    for user in apps.get_model("accounts", "User").objects.filter(user_permissions=change):
        user.user_permissions.add(publish)


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0002_submit_for_review"),
        ("accounts", "0003_confirm_addresses"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(create_roles, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(keep_publishers, migrations.RunPython.noop, elidable=False),
    ]
