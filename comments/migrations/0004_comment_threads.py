from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0003_decision_batch"),
    ]

    operations = [
        migrations.AddField(
            model_name="discussion",
            name="thread_count",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="discussion",
            name="newest_key",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.RemoveIndex(model_name="comment", name="comment_of_post"),
        migrations.RemoveIndex(model_name="comment", name="comment_of_thread"),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index("post", "status", "created_at", "id", name="comment_of_post"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index("thread", "status", "id", name="comment_of_thread"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                "post",
                "created_at",
                "id",
                "status",
                condition=models.Q(thread=None),
                name="comment_threads",
            ),
        ),
    ]
