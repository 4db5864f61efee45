"""For migrations: what a role may do.

Django makes the rows of permissions after all migrations have run. These are needed before, so
they are made here, and found by Django then.
"""


def grant(apps, role: str, powers: dict[str, list[str]]) -> None:
    """Give the group `role`, made if it is not there, these permissions.

    `powers` names by model, as `posts.post`, the codenames, those that end in the name of the
    model without it: `add`, `publish`. A group that the operator made under the same name keeps what it has.
    """
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=role)
    for label, actions in powers.items():
        group.permissions.add(*[find_permission(apps, label, action) for action in actions])


def find_permission(apps, label: str, action: str):
    app_label, model = label.split(".")
    codename = action if "_" in action else f"{action}_{model}"
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": f"Can {codename.replace('_', ' ')}"},
    )
    return permission
