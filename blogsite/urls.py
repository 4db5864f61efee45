"""Every address of the site. An app's own addresses stand in its `urls.py`."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from posts.admin.editor import PreviewView, UploadView
from posts.admin.finding import TargetsView
from posts.admin.media_picker import PicturesView, PictureView

urlpatterns = [
    # What the writing page asks for. Before the admin, which answers for all that is below it.
    path("admin/writing/targets/", TargetsView.as_view(), name="writing_targets"),
    path("admin/writing/pictures/", PicturesView.as_view(), name="writing_pictures"),
    path("admin/writing/pictures/<int:pk>/", PictureView.as_view(), name="writing_picture"),
    path("admin/", admin.site.urls),
    # markdownx's own names, and views that check who asks in place of its own.
    path("markdownx/upload/", UploadView.as_view(), name="markdownx_upload"),
    path("markdownx/markdownify/", PreviewView.as_view(), name="markdownx_markdownify"),
]

if "debug_toolbar" in settings.INSTALLED_APPS:
    urlpatterns.append(path("__debug__/", include("debug_toolbar.urls")))

urlpatterns.append(path("", include("blogsite.reporting.urls")))
urlpatterns.append(path("", include("accounts.urls")))
urlpatterns.append(path("", include("comments.urls")))
# Last, because pages live at /<slug>/.
urlpatterns.append(path("", include("posts.urls")))

handler400 = "blogsite.errors.bad_request"
handler403 = "blogsite.errors.permission_denied"
handler404 = "blogsite.errors.not_found"
# Asked for by allauth, where one of its own limits is reached.
handler429 = "blogsite.errors.too_many"
handler500 = "blogsite.errors.server_error"
