"""What the audit log says of texts: not only that a form was saved, but what readers notice."""


class PublishingRecorded:
    """Mixin for the admin of texts: publishing and its like are events of their own, told by
    posts.publishing; and deleting is moving to the trash, which tells itself."""

    def tell(self, what, obj, fields=None):
        """A form may have changed nothing."""
        if what == "added" or (what == "changed" and fields):
            super().tell(what, obj, fields)
