import django.core.validators
from django.db import migrations, models


def at_least_one(name, default, help_text, verbose_name):
    return migrations.AlterField(
        model_name="commentsettings",
        name=name,
        field=models.PositiveSmallIntegerField(
            default=default,
            help_text=help_text,
            validators=[django.core.validators.MinValueValidator(1)],
            verbose_name=verbose_name,
        ),
    )


class Migration(migrations.Migration):

    dependencies = [
        ("comments", "0001_create_comments"),
    ]

    operations = [
        migrations.AddField(
            model_name="address",
            name="asked_count",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="asked"),
        ),
        migrations.AddField(
            model_name="address",
            name="waiting_stopped_at",
            field=models.DateTimeField(null=True, verbose_name="moderators' mail stopped at"),
        ),
        at_least_one(
            "mails_an_hour",
            5,
            "Reply notices to one person; further ones come together in one mail.",
            "mails an hour",
        ),
        at_least_one(
            "mails_a_day",
            20,
            "To one person at most; the rest waits for tomorrow.",
            "mails a day",
        ),
        at_least_one(
            "moderator_mails_an_hour",
            60,
            "About waiting comments; further ones come together in one mail.",
            "mails to a moderator an hour",
        ),
    ]
