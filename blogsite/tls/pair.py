"""A certificate and its key, as two files, and what is wrong with them."""

from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key


class Pair(NamedTuple):
    """Both in PEM; the certificate's file goes on with those that lead to its authority."""

    certificate: Path
    key: Path


class Unusable(Exception):
    """One sentence on why https cannot be served with a pair."""


def load(pair: Pair):
    """The site's own certificate, and its key. Raises Unusable unless they belong together."""
    certificate = _certificate(pair.certificate)
    key = _key(pair.key)
    if certificate.public_key() != key.public_key():
        raise Unusable(f"{pair.key} is not the key of {pair.certificate}.")
    return certificate, key


def check(pair: Pair, host: str) -> None:
    """Raise Unusable unless visitors of `host` would be content with it now."""
    certificate, _key = load(pair)
    now = datetime.now(UTC)
    if certificate.not_valid_after_utc <= now:
        raise Unusable(
            f"{pair.certificate} ran out on {certificate.not_valid_after_utc:%Y-%m-%d}. Renew it."
        )
    if certificate.not_valid_before_utc > now:
        raise Unusable(
            f"{pair.certificate} begins to hold on {certificate.not_valid_before_utc:%Y-%m-%d}."
            " Check the clock of this machine."
        )
    if not _is_for(certificate, host):
        raise Unusable(
            f"{pair.certificate} is not for {host}, which is SITE_URL's host, but for"
            f" {', '.join(_names(certificate)) or 'nobody'}."
        )


def _certificate(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificates(_content(path))[0]
    except (ValueError, IndexError) as error:
        raise Unusable(f"{path} holds no certificate in PEM.") from error


def _key(path: Path):
    try:
        return load_pem_private_key(_content(path), password=None)
    except TypeError as error:
        raise Unusable(f"The key in {path} has a password; store it without.") from error
    except ValueError as error:
        raise Unusable(f"{path} holds no key in PEM.") from error


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"Cannot read {path}: {(error.strerror or str(error)).lower()}.") from error


def _names(certificate: x509.Certificate) -> list[str]:
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return []
    return [str(name.value) for name in extension.value]


def _is_for(certificate: x509.Certificate, host: str) -> bool:
    names = [name.lower() for name in _names(certificate)]
    try:
        return str(ip_address(host)) in names
    except ValueError:
        wildcard = f"*.{host.partition('.')[2]}"
        return host.lower() in names or wildcard.lower() in names
