import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Index, Q


def listed_indexes(model: str, column: str) -> list:
    by_date = Index(
        column,
        "published_at",
        "post",
        "expires_at",
        condition=Q(published_at__isnull=False),
        name=f"listed_by_{column}",
    )
    expiring = Index(
        column,
        "expires_at",
        "published_at",
        condition=Q(expires_at__isnull=False),
        name=f"listed_by_{column}_expiring",
    )
    return [migrations.AddIndex(model, by_date), migrations.AddIndex(model, expiring)]


def listed_columns(model: str) -> list:
    names = ["published_at", "expires_at"]
    return [
        migrations.AddField(model, name, models.DateTimeField(editable=False, null=True))
        for name in names
    ]


# The table between posts and tags is there, made by Django; now it has a class of ours.
NAME_TAGGING = [
    migrations.CreateModel(
        name="Tagging",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "post",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="taggings",
                    to="posts.post",
                ),
            ),
            (
                "tag",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="taggings",
                    to="posts.tag",
                ),
            ),
        ],
        options={
            "db_table": "posts_post_tags",
            "default_permissions": [],
            "unique_together": {("post", "tag")},
        },
    ),
    migrations.AlterField(
        model_name="post",
        name="tags",
        field=models.ManyToManyField(
            blank=True,
            related_name="posts",
            through="posts.Tagging",
            to="posts.tag",
            verbose_name="tags",
        ),
    ),
]


class Migration(migrations.Migration):
    """What is counted and copied here is filled by the triggers, which are made after migrating."""

    dependencies = [("posts", "0018_find_what_expires_next")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=NAME_TAGGING),
        *listed_columns("tagging"),
        *listed_columns("byline"),
        *listed_indexes("tagging", "tag"),
        *listed_indexes("byline", "user"),
        migrations.RemoveIndex("post", "post_by_date_living"),
        migrations.AddIndex(
            "post",
            Index(
                "published_at",
                "id",
                "expires_at",
                condition=Q(deleted_at=None),
                name="post_listed",
            ),
        ),
        migrations.AddIndex(
            "post",
            Index(
                "series",
                "published_at",
                "id",
                "expires_at",
                condition=Q(deleted_at=None, series__isnull=False),
                name="post_listed_in_series",
            ),
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind",
                        "key",
                        "period",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
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
            options={"default_permissions": []},
        ),
    ]
