import os
import sys
from argparse import ArgumentTypeError
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.http.request import validate_host

from blogsite import prepare, server, starter
from blogsite.management.plain import PlainCommand
from blogsite.tls.authority import certificate_for
from blogsite.tls.pair import Pair, Unusable, check
from blogsite.tls.redirecting import redirect_in_background

TRUST_IT = """\
Browsers believe this site once they trust the authority that was made for it:
{authority} (docs/operations.md says how)"""


class Command(PlainCommand):
    help = "Serves the site with the production server, and runs its jobs."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--host", default="127.0.0.1", help="Address to listen at; 0.0.0.0 for all."
        )
        parser.add_argument("--prepare", action="store_true", help="Run `prepare` first.")
        parser.add_argument(
            "--no-worker",
            action="store_true",
            help="Run no jobs here; `manage.py worker` does, somewhere else.",
        )
        parser.add_argument(
            "--https",
            action="store_true",
            help="Speak https, with a certificate made here unless --cert names another.",
        )
        parser.add_argument("--cert", type=Path, help="The certificate and its chain, in PEM.")
        parser.add_argument("--key", type=Path, help="The key of --cert, in PEM.")
        parser.add_argument(
            "--http-port",
            type=port_number,
            metavar="PORT",
            help="Send whoever asks by plain http at this port to https; 80 goes with 443.",
        )
        parser.add_argument(
            "--until-parent-ends",
            action="store_true",
            help="Stop when the program that started this one ends or is interrupted.",
        )

    def handle(self, *, host, until_parent_ends, **options):
        if settings.DEBUG:
            raise CommandError(
                "DEBUG=1 shows everyone the insides of the site, so `serve` does not start with it."
                " Use `make dev`, or take DEBUG out of .env."
            )
        speak_https_if_asked(options)
        if until_parent_ends:
            starter.stop_with_starter()
        place = server.Place(host, settings.PORT, pair_finder(options))
        try:
            # Before anything else: a site that cannot be served need not be prepared.
            server.check_address(host, settings.PORT)
            if options["http_port"]:
                server.check_address(host, options["http_port"])
            if place.find_pair:
                place.find_pair()
        except (server.CannotListen, Unusable) as error:
            raise CommandError(error) from error
        if options["prepare"]:
            prepare.prepare(self.say)
        elif not settings.VAR_DIR.exists() or prepare.has_unapplied_migrations():
            raise CommandError("The database is not up to date. Run `manage.py prepare` first.")
        if options["http_port"]:
            redirect_in_background(host, options["http_port"], settings.SITE_URL, is_ours)
        server.serve(
            place,
            settings.WEB_WORKERS,
            lambda: self.announce(host, options),
            with_jobs=not options["no_worker"],
        )

    def announce(self, host, options):
        self.say(serving(host))
        if settings.SERVE_HTTPS and not options["cert"]:
            self.say(TRUST_IT.format(authority=tls_folder() / "authority.pem"))


def port_number(text: str) -> int:
    """What argparse takes for a port; it would listen elsewhere for a number that is none."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise ArgumentTypeError(f"must be a number from 1 to 65535, not {text!r}")


def speak_https_if_asked(options):
    """Begin again if https is asked for here alone: the settings depend on it, and are read."""
    if options["http_port"] == settings.PORT:
        raise CommandError(
            f"https is spoken at port {settings.PORT} already; --http-port must be another."
        )
    wants_https = options["https"] or options["cert"] or options["key"]
    if wants_https and not settings.SERVE_HTTPS:
        command = [sys.executable, *sys.orig_argv[1:]]
        os.execve(sys.executable, command, os.environ | {"SERVE_HTTPS": "1"})  # noqa: S606
    if not settings.SERVE_HTTPS and options["http_port"]:
        raise CommandError("--http-port sends visitors to https, so it needs --https.")
    if bool(options["cert"]) != bool(options["key"]):
        raise CommandError("--cert and --key need each other.")


def pair_finder(options):
    """What finds the certificate and its key, or None without https."""
    if not settings.SERVE_HTTPS:
        return None
    if not options["cert"]:
        return made_here
    pair = Pair(options["cert"].absolute(), options["key"].absolute())

    def brought_along():
        check(pair, settings.SITE_HOST)
        return pair

    return brought_along


def made_here():
    try:
        return certificate_for(settings.SITE_HOST, tls_folder())
    except OSError as error:
        raise Unusable(
            f"Cannot write {error.filename}: {(error.strerror or str(error)).lower()}."
        ) from error


def tls_folder():
    return settings.VAR_DIR / "tls"


def is_ours(host):
    return validate_host(host.lower(), settings.ALLOWED_HOSTS)


def serving(host):
    if settings.SERVE_HTTPS:
        return f"Serving {settings.SITE_URL}/"
    name = f"[{host}]" if ":" in host else host
    return f"Serving http://{name}:{settings.PORT}/"
