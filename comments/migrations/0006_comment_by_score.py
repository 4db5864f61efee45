from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0005_spam_keys"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="comment",
            index=models.Index("status", "score", "id", name="comment_by_score"),
        ),
    ]
