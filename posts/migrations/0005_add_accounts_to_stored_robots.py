"""Sites that saved their settings hold the robots.txt of then; who never changed it gets the new one."""

from django.db import migrations

OLD = "User-agent: *\nDisallow: /admin/\nDisallow: /search/\n"
NEW = "User-agent: *\nDisallow: /account/\nDisallow: /admin/\nDisallow: /search/\n"


def replace(apps, old, new):
    for row in apps.get_model("posts", "SiteSettings").objects.all():
        if row.robots_txt.replace("\r\n", "\n").strip() == old.strip():
            row.robots_txt = new
            row.save(update_fields=["robots_txt"])


def add_accounts(apps, schema_editor):
    replace(apps, OLD, NEW)


def take_accounts_out(apps, schema_editor):
    replace(apps, NEW, OLD)


class Migration(migrations.Migration):
    dependencies = [("posts", "0004_keep_robots_from_accounts")]

    operations = [migrations.RunPython(add_accounts, take_accounts_out)]
