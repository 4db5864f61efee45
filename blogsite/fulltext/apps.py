from django.apps import AppConfig
from django.apps import apps as installed
from django.db.models.signals import post_migrate


class FulltextConfig(AppConfig):
    name = "blogsite.fulltext"

    def ready(self):
        post_migrate.connect(make_tables, sender=self)


def make_tables(sender, using="default", apps=installed, **kwargs):
    """They are no models: what they are like depends on the database."""
    from blogsite.fulltext.keeping import make_ready

    if using == "default":
        make_ready(apps)
