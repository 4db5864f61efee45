import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("posts", "0011_editors_check_links")]

    operations = [
        migrations.AddField(
            model_name="sitesettings",
            name="purge_trash_after_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Days after which what is in the trash is removed for good; empty for never.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(3650),
                ],
                verbose_name="empty the trash after",
            ),
        ),
    ]
