from accounts.models.invitation import Invitation
from accounts.models.settings import AccountSettings
from accounts.models.tally import Tally
from accounts.models.user import HANDLE_MAX_LENGTH, User, free_handle

__all__ = ["HANDLE_MAX_LENGTH", "AccountSettings", "Invitation", "Tally", "User", "free_handle"]
