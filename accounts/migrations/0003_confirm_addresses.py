"""Addresses that could sign in before are confirmed: an administrator entered each of them."""

from django.db import migrations


def confirm(apps, schema_editor):
    email_addresses = apps.get_model("account", "EmailAddress").objects
    for user in apps.get_model("accounts", "User").objects.exclude(email=None).iterator():
        email_addresses.get_or_create(
            user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_describe_people"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(confirm, migrations.RunPython.noop, elidable=True)]
