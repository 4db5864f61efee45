from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from blogsite import naming


def name_of_site() -> str:
    from posts.models import SiteSettings  # models are there once all apps are loaded

    return SiteSettings.load().title


class PostsConfig(AppConfig):
    name = "posts"
    verbose_name = _("Writing")

    def ready(self):
        naming.comes_from(name_of_site)
        import posts.leaving
        import posts.personal_data
        import posts.search.stepping
        import posts.signals  # noqa: F401  connects the receivers
        from blogsite.audit import lately
        from posts.attention import known_changes
        from posts.tallies import triggers

        lately.SOURCES.append(known_changes)
        pre_migrate.connect(triggers.before_migrating, sender=self)
        post_migrate.connect(triggers.after_migrating, sender=self)
