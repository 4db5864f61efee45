import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("comments", "0002_address_limits"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="batch",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(models.F("batch"), models.F("id"), name="decision_of_batch"),
        ),
    ]
