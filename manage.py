#!/usr/bin/env python
"""Run the site's commands: `manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "blogsite.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "Django is not installed in this Python. Run `make run` once, or use .venv/bin/python."
        ) from error
    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()  # here, where a full disk can still be told in a sentence
    except ImproperlyConfigured as error:
        raise SystemExit(f"{error}") from error
    except OSError as error:
        # Python would try to write the rest at its end, and complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(
            f"The output could not be written: {(error.strerror or str(error)).lower()}."
        ) from error


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
