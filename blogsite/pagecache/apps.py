from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    name = "blogsite.pagecache"
    label = "pagecache"
    verbose_name = "page cache"

    def ready(self):
        from blogsite.pagecache import watching

        watching.start()
