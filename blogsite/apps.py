from django.apps import AppConfig

# As a module: a config class imported by name would count as one of this package's own.
from django.contrib.admin import apps as admin_apps


class BlogsiteConfig(AppConfig):
    name = "blogsite"
    default = True


class DeskConfig(admin_apps.AdminConfig):
    """Django's own admin, with our site class."""

    default = False
    default_site = "blogsite.desk.Desk"
