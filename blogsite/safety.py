"""What no site is started with: settings that would open it to everybody.

Called by settings.py when all is read, so this knows nothing but the values themselves. What is
merely unwise is told by `manage.py doctor`.
"""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

KEY_LENGTH = 50  # as `manage.py check --deploy` asks; what `make run` writes has 67
KEY_VARIETY = 5  # different characters
# How keys begin that stand in examples and tutorials, for all to read.
KNOWN_KEYS = ("django-insecure", "changeme", "change-me", "change_me", "secret", "insecure")
HOW_TO_MAKE_A_KEY = 'Make one by python3 -c "import secrets; print(secrets.token_urlsafe(50))" and put it into .env.'
# Endings of names that the public internet does not have.
LOCAL_NAMES = (".localhost", ".local", ".lan", ".home", ".home.arpa", ".internal", ".test")


def refuse_unsafe(values: Mapping) -> None:
    """Raise ImproperlyConfigured, in a sentence or two, if one of the settings is dangerous."""
    for complaint in complaints(values):
        raise ImproperlyConfigured(complaint)


def complaints(values: Mapping) -> Iterator[str]:
    if values["DEBUG"]:
        yield from about_debug(values["SITE_HOST"], values["ALLOWED_HOSTS"])
    else:
        yield from about_key("SECRET_KEY", values["SECRET_KEY"])
        for key in values["SECRET_KEY_FALLBACKS"]:
            yield from about_key("A key in SECRET_KEY_FALLBACKS", key)
    if "*" in values["ALLOWED_HOSTS"]:
        yield (
            "ALLOWED_HOSTS has a *, so anybody could give the site another name. List its own"
            " names, or leave the setting out: it is then SITE_URL's host."
        )
    for origin in values["FORM_TARGETS"]:
        yield from about_other_site(origin)
    yield from about_folders(values)


def about_debug(site_host: str, allowed_hosts: list[str]) -> Iterator[str]:
    strangers = [host for host in [site_host, *allowed_hosts] if not is_this_machine(host)]
    if strangers:
        yield (
            f"DEBUG=1 shows everyone the insides of the site, and {strangers[0]} is not this"
            " machine alone. Take DEBUG out of .env, or use 127.0.0.1 in SITE_URL and"
            " ALLOWED_HOSTS."
        )


def about_key(name: str, key: str) -> Iterator[str]:
    """A key that can be guessed lets anyone sign in as anyone."""
    if key.lower().startswith(KNOWN_KEYS):
        yield f"{name} is one from an example. {HOW_TO_MAKE_A_KEY}"
    elif len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY:
        yield f"{name} is too easy to guess: it needs {KEY_LENGTH} characters. {HOW_TO_MAKE_A_KEY}"


def about_other_site(origin: str) -> Iterator[str]:
    """What signs people in must not be spoken to, nor asked for people, where others listen."""
    parts = urlsplit(origin)
    if parts.scheme != "https" and not is_this_machine(parts.hostname or ""):
        yield (
            f"People would sign in through {origin} unencrypted. Let OIDC_URL begin with https://."
        )


def about_folders(values: Mapping) -> Iterator[str]:
    """What is served must hold nothing else, and what is secret must not lie in what is served."""
    code, var = resolved(values["BASE_DIR"]), resolved(values["VAR_DIR"])
    media, static = resolved(values["MEDIA_ROOT"]), resolved(values["STATIC_ROOT"])
    served = [static, *map(resolved, values["STATICFILES_DIRS"])]
    if any(lies_in(var, folder) for folder in served[1:]):
        yield f"VAR_DIR is {var}, whose files everybody may fetch. Choose another folder."
    if static in served[1:]:
        yield f"VAR_DIR is {var}, the folder of the code. Give the data a folder of its own."
    if lies_in(var, media) or lies_in(code, media):
        yield f"MEDIA_ROOT is {media}, which holds more than pictures. Choose an empty folder for it."
    if any(lies_in(media, folder) or lies_in(folder, media) for folder in served):
        yield f"MEDIA_ROOT is {media}, a place of static files. Choose an empty folder for it."


def resolved(folder: str | Path) -> Path:
    return Path(folder).resolve()


def lies_in(folder: Path, other: Path) -> bool:
    return folder == other or other in folder.parents


def is_this_machine(host: str) -> bool:
    host = host.strip("[].").lower()
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_public(host: str) -> bool:
    """Whether strangers may reach this name: not this machine, nor one of a house or an office."""
    host = host.strip("[].").lower()
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(LOCAL_NAMES)
