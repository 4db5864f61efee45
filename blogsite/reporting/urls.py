from django.urls import path

from blogsite.reporting.views import take_report

app_name = "reporting"
urlpatterns = [path("reports/", take_report, name="report")]
