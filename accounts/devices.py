"""A visitor's browser and network, in words by which a person recognises their own."""

from django.utils.translation import gettext as _

from blogsite import client

# The first that is named counts: Edge and Opera also call themselves Chrome, and Chrome Safari.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def device_of(request) -> str:
    """Such as "Firefox on Linux", from what the browser says of itself."""
    return device_called(request.headers.get("User-Agent", ""))


def device_called(user_agent: str) -> str:
    browser = next((name for sign, name in BROWSERS.items() if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("an unknown browser")


def network_of(request) -> str:
    """Such as 192.0.2.0/24: near enough to recognise, too wide to find a house by.

    Empty where the address is not known.
    """
    address = client.address_of(request)
    if not address:
        return ""
    return str(client.network_of(client.plain(address), client.AROUND_PREFIX))
