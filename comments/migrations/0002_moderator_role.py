"""The group of those who moderate. Its name and its members are the operator's from then on."""

from django.db import migrations


def create_role(apps, schema_editor):
    """Django makes permissions after all migrations; this one is needed before, and found then."""
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="comments", model="comment"
    )
    permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename="moderate_comment",
        defaults={"name": "Can decide about comments"},
    )
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name="Moderator")
    group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0001_create_comments"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_role, migrations.RunPython.noop, elidable=False)]
