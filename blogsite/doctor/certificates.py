"""The certificates that `serve --https` made, and when they run out."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from django.conf import settings

from blogsite.doctor.examining import Finding, check

SOON = timedelta(days=14)


@check("certificates")
def certificates():
    for path in sorted((settings.VAR_DIR / "tls").glob("*.pem")):
        try:
            found = x509.load_pem_x509_certificates(path.read_bytes())
        except ValueError:
            yield Finding.unfinished(f"{path} cannot be read as a certificate.")
            continue
        yield about(path, found[0].not_valid_after_utc - datetime.now(UTC))


def about(path, left: timedelta) -> Finding:
    if left < timedelta(0):
        return Finding.unsafe(
            f"{path} has run out. Start `serve --https` again to have it made anew."
        )
    if left < SOON:
        return Finding.unfinished(f"{path} runs out in {left.days} days.")
    return Finding.fine(f"{path} holds for {left.days} more days.")
