from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0008_unsent_notices"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="comment", name="comment_threads"),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                "post",
                "created_at",
                "id",
                "status",
                condition=models.Q(depth=0),
                name="comment_threads",
            ),
        ),
    ]
