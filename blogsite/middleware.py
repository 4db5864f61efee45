"""Headers that every answer carries."""

# `style-src` has no 'unsafe-inline': no page of ours holds a style or script of its own.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        # The click-to-load boxes, and nothing before the click.
        "frame-src https://www.youtube-nocookie.com https://player.vimeo.com"
        " https://speakerdeck.com",
    ]
)
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ["camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"]
)


def security_headers(get_response):
    """Middleware: the content policy and its like, unless a view set its own."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware
