from django.db import migrations, models


class Migration(migrations.Migration):
    """A tally may have several rows, whose key is then a number. After migrating all is counted anew."""

    dependencies = [("posts", "0022_cover_lists")]

    operations = [
        # What names a row cannot be altered, so the table is made anew.
        migrations.DeleteModel("Tally"),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("site", "site"),
                            ("tag", "tag"),
                            ("author", "author"),
                            ("series", "series"),
                        ],
                        max_length=6,
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("period", models.CharField(blank=True, max_length=10)),
                ("number", models.IntegerField(default=0)),
            ],
            options={
                "default_permissions": [],
                "indexes": [models.Index("kind", "key", "period", name="tally_of")],
            },
        ),
    ]
