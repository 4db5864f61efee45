from django.db import migrations, models


class Migration(migrations.Migration):
    """Count tokens by the hash of each, and remember a lesson in eight bytes a token."""

    dependencies = [
        ("comments", "0004_comment_threads"),
    ]

    operations = [
        migrations.DeleteModel("SpamToken"),
        migrations.CreateModel(
            name="SpamToken",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("good_count", models.PositiveIntegerField(default=0)),
                ("spam_count", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.RemoveField("comment", "trained_tokens"),
        migrations.AddField(
            "comment",
            "trained_tokens",
            models.BinaryField(blank=True, default=bytes, editable=False),
        ),
    ]
