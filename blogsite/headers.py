"""What every answer tells browsers: what its page may load and do, and who else may use it."""

from django.conf import settings

REPORTS = "/reports/"  # see blogsite/reporting
REPORT_GROUP = "violations"

# The click-to-load boxes, and nothing before the click.
FRAMES = "https://www.youtube-nocookie.com https://player.vimeo.com https://speakerdeck.com"
# Nothing at all, and then what the pages need. There is no 'unsafe-inline' and no 'unsafe-eval',
# for no page of ours holds a style or a script of its own.
SOURCES = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self'",
    "manifest-src 'self'",
    f"frame-src {FRAMES}",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    f"report-uri {REPORTS}",
]
# Browsers take `report-to` over https alone, and those that know it leave `report-uri` aside.
SECURE_SOURCES = ["upgrade-insecure-requests", f"report-to {REPORT_GROUP}"]

FORBIDDEN_FEATURES = [
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
    "xr-spatial-tracking",
]
OWN_FEATURES = ["publickey-credentials-create", "publickey-credentials-get"]  # passkeys

# On signing out: what pages left in the browser. Not "cookies": the one by which this browser is
# known as its owner's must stay, or a flood of wrong passwords would lock the owner out.
CLEAR_SITE_DATA = '"cache", "storage"'


def content_security_policy(https: bool) -> str:
    # Browsers ask for the targets of redirects too: to where one signs in through another site.
    forms = " ".join(["form-action 'self'", *settings.FORM_TARGETS])
    return "; ".join([*SOURCES, forms, *(SECURE_SOURCES if https else [])])


def permissions_policy() -> str:
    forbidden = [f"{feature}=()" for feature in FORBIDDEN_FEATURES]
    return ", ".join(forbidden + [f"{feature}=(self)" for feature in OWN_FEATURES])


def for_every_answer() -> dict[str, str]:
    """Name and value of each header that an answer has, unless its view set its own.

    Django's SecurityMiddleware sets some of them too, but not on what is answered above it.
    """
    headers = {
        "Content-Security-Policy": content_security_policy(settings.HTTPS),
        "Permissions-Policy": permissions_policy(),
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Origin-Agent-Cluster": "?1",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "X-Permitted-Cross-Domain-Policies": "none",
    }
    if settings.HTTPS:
        headers["Reporting-Endpoints"] = f'{REPORT_GROUP}="{REPORTS}"'
    return headers
