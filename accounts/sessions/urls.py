from django.urls import path

from accounts.sessions import views

urlpatterns = [
    path("", views.Sessions.as_view(), name="usersessions_list"),
    path("others/end/", views.EndOthers.as_view(), name="usersessions_end_others"),
    path("<int:pk>/end/", views.EndSession.as_view(), name="usersessions_end"),
]
