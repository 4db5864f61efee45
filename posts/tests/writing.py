"""Posts and pages written in the admin, as a browser sends them."""

from django.contrib.auth.models import Permission
from django.urls import reverse

from posts.tests.factories import make_user


def fields_of(response) -> dict:
    """What the forms on an admin page would send back, untouched."""
    form = response.context["adminform"].form
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    data = {}
    for part in [form, *(s.management_form for s in formsets), *(f for s in formsets for f in s)]:
        for bound in part:
            value = bound.value()
            if hasattr(bound.field.widget, "decompress") and not isinstance(value, list):
                value = bound.field.widget.decompress(value)
            if isinstance(value, list):
                data |= {f"{bound.html_name}_{n}": one or "" for n, one in enumerate(value)}
            elif value is not None and value is not False:
                data[bound.html_name] = value
    return data


def address(page, *args, model="post"):
    return reverse(f"admin:posts_{model}_{page}", args=args)


def write(desk, *, button="_continue", model="post", **changes):
    """Send the form of a new text, filled in."""
    url = address("add", model=model)
    return desk.post(url, fields_of(desk.get(url)) | {button: "1"} | changes)


def edit(desk, thing, *, button="_continue", **changes):
    url = address("change", thing.pk, model=thing._meta.model_name)
    return desk.post(url, fields_of(desk.get(url)) | {button: "1"} | changes)


def errors_of(response) -> dict:
    form = response.context["adminform"].form
    return {name: list(errors) for name, errors in form.errors.items()}


def staff_with(client, *codenames):
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return user
