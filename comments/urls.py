from django.urls import path

from comments.feeds.urls import feed_addresses
from comments.views import deciding, mail, reading
from comments.views.discussion import discussion
from comments.views.editing import DeleteComment, EditComment
from comments.views.preview import Preview
from comments.views.welcome import ReceivedPage
from posts import converters  # noqa: F401  registers them

app_name = "comments"

urlpatterns = [
    path("post/<word:slug>/comments/", discussion, name="discussion"),
    path("post/<word:slug>/comments/state.json", reading.state, name="state"),
    *feed_addresses(),
    path("comments/<int:pk>/", reading.comment, name="comment"),
    path("comments/<int:pk>/edit/", EditComment.as_view(), name="edit"),
    path("comments/<int:pk>/delete/", DeleteComment.as_view(), name="delete"),
    path("comments/preview/", Preview.as_view(), name="preview"),
    path("comments/received/", ReceivedPage.as_view(), name="received"),
    path("account/comment-mail/", mail.OwnMail.as_view(), name="own_mail"),
    path("comments/mail/confirm/<str:token>/", mail.ConfirmPage.as_view(), name="mail_confirm"),
    path("comments/mail/stop/<str:token>/", mail.StopPage.as_view(), name="mail_stop"),
    path("comments/mail/<str:token>/", mail.MailPage.as_view(), name="mail"),
    path("comments/decide/<str:token>/", deciding.DecidePage.as_view(), name="decide"),
]
