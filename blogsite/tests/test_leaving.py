"""Nothing that belongs to a person is forgotten when they leave.

A new column that leads to a person, or holds an e-mail, fails here until somebody has decided what
becomes of it. What these words mean is tested in accounts, posts and comments.
"""

import pytest
from django.apps import apps
from django.db import models

from accounts.models import User

GOES, EMPTIED, MOVES = "goes", "is emptied", "moves to a name without an account"

PEOPLE = {
    "account.EmailAddress.user": GOES,
    "accounts.Invitation.invited_by": EMPTIED,
    "accounts.User_groups.user": GOES,
    "accounts.User_user_permissions.user": GOES,
    "admin.LogEntry.user": GOES,  # the desk's own history; the record keeps what was done
    "audit.Event.actor": EMPTIED,
    "comments.Comment.member": EMPTIED,  # after comments/leaving.py did what was chosen
    "comments.Decision.by": EMPTIED,
    "comments.Standing.by": EMPTIED,
    "mfa.Authenticator.user": GOES,
    "posts.Byline.user": MOVES,
    "posts.DraftLink.made_by": EMPTIED,
    "posts.Image.deleted_by": EMPTIED,
    "posts.Image.uploaded_by": EMPTIED,  # pictures belong to posts
    "posts.Page.deleted_by": EMPTIED,
    "posts.PlannedEdit.made_by": EMPTIED,
    "posts.Post.deleted_by": EMPTIED,
    "posts.Redirect.author": MOVES,  # or goes, where there is no post
    "posts.Review.by": EMPTIED,
    "posts.Revision.saved_by": EMPTIED,
    "posts.Waiver.waived_by": EMPTIED,
    "posts.WorkingCopy.user": GOES,  # nobody else ever saw it
    "socialaccount.SocialAccount.user": GOES,  # with its tokens
    "usersessions.UserSession.user": GOES,
}
EMAILS = {
    "account.EmailAddress.email": GOES,
    "accounts.Invitation.email": GOES,
    "accounts.User.email": GOES,
    "comments.Address.email": GOES,  # with all wishes for mail
    "comments.Comment.email": EMPTIED,  # a member's comment holds none; a guest's is a guest's
}
ON_DELETE = {
    GOES: {models.CASCADE},
    EMPTIED: {models.SET_NULL},
    MOVES: {models.PROTECT, models.CASCADE},
}


def columns():
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy:
            yield from ((model, field) for field in model._meta.local_fields)


def name_of(model, field) -> str:
    return f"{model._meta.app_label}.{model.__name__}.{field.name}"


def people_columns() -> dict:
    return {name_of(*each): each[1] for each in columns() if each[1].related_model is User}


def test_every_column_that_leads_to_a_person_has_a_decision():
    assert sorted(people_columns()) == sorted(PEOPLE)


@pytest.mark.parametrize(("name", "fate"), PEOPLE.items())
def test_decision_is_what_the_database_is_told(name, fate):
    assert people_columns()[name].remote_field.on_delete in ON_DELETE[fate]


def test_every_column_for_an_email_has_a_decision():
    found = {name_of(*each) for each in columns() if isinstance(each[1], models.EmailField)}

    assert found == set(EMAILS)
