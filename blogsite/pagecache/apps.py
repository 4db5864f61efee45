from django.apps import AppConfig
from django.conf import settings

# Of the settings that a project need not have; docs/pagecache.md tells what they mean.
DEFAULTS = {
    "PAGECACHE_MB": 64,
    "PAGECACHE_COOKIES": ["sessionid", "csrftoken", "messages"],
    "PAGECACHE_UNSEEN": {"django_session": "*"},
    "PAGECACHE_DERIVED": {},
    "PAGECACHE_REDIS": "",
    "PAGECACHE_NAME": "pagecache",
    "PAGECACHE_IS_SECURE": "blogsite.pagecache.questions.is_secure_to_django",
}


class PageCacheConfig(AppConfig):
    name = "blogsite.pagecache"
    label = "pagecache"
    verbose_name = "page cache"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from blogsite.pagecache import watching

        for name, value in DEFAULTS.items():
            if not hasattr(settings, name):
                setattr(settings, name, value)
        watching.start()
