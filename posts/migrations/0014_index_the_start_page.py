"""Indexes for what the start page of the desk lists and for its search."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("posts", "0013_index_corrections")]

    operations = [
        migrations.AddIndex(
            "post",
            models.Index(
                "modified_at",
                condition=Q(published_at=None, deleted_at=None),
                name="post_draft_by_saved",
            ),
        ),
        migrations.AddIndex(
            "post",
            models.Index(
                "submitted_at", condition=Q(submitted_at__isnull=False), name="post_in_review"
            ),
        ),
        migrations.AddIndex(
            "post", models.Index("modified_at", "title", "slug", name="post_titles_by_saved")
        ),
        migrations.AddIndex(
            "image", models.Index("id", condition=Q(alt=""), name="image_undescribed")
        ),
    ]
