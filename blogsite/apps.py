from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's own admin, with our site class."""

    default_site = "blogsite.desk.Desk"
