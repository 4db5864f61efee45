from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self):
        import accounts.permission_changes.recording
        import accounts.permission_changes.sessions
        import accounts.personal_data.own
        import accounts.receivers
        import accounts.second_step.sections
        import accounts.sign_in_receivers
        import accounts.social.sections
        import accounts.throttling.receivers  # noqa: F401  connects the receivers
        from accounts.second_step import demand
        from blogsite.desk import Desk

        Desk.conditions.append(demand.way_to_set_up)
