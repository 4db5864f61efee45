from blogsite import personal


class Personal:
    """Mixin: this page is somebody's own and kept by nobody; no search engine lists it."""

    def dispatch(self, request, *args, **kwargs):
        personal.mark(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(robots="noindex", **kwargs)
