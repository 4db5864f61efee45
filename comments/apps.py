from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    """What readers answer."""

    name = "comments"
    verbose_name = _("Comments")

    def ready(self):
        # What posts offers to the apps above it.
        import comments.leaving
        import comments.personal_data
        import comments.sections
        import comments.signals
        import comments.trash  # noqa: F401  connects the receivers
        from blogsite.audit import lately
        from comments.feeds.writers import count_in_post_feeds
        from comments.importers.remarks import counted, take_remarks
        from comments.lately import known_changes
        from comments.reading import structured_data
        from posts import structured_data as posts_data
        from posts import twins
        from posts.importers.archives import extras

        extras.TAKERS.append(take_remarks)
        extras.COUNTERS.append(counted)
        lately.SOURCES.append(known_changes)
        twins.FOLDERS.add("comments")
        posts_data.FACTS.append(structured_data.discussion)
        count_in_post_feeds()
