from accounts import resetting
from accounts.views.asking import AskByMail


class Reset(AskByMail):
    """For somebody who lost their password."""

    template_name = "account/password_reset.html"
    action = "reset"
    sent_page = "account_reset_password_done"

    def ask(self, email):
        resetting.ask(email)
