"""From a bare Python to a ready `.venv` and `.env`, then on to the command that was asked for.

    python3 blogsite/bootstrap.py [--dev] [--env] COMMAND [ARGUMENT ...]

runs `.venv/bin/python COMMAND ARGUMENT ...` in the project's folder. `--dev` installs the tools
for working on the site as well, `--env` writes a `.env` where there is none.

Any Python back to 2.7 can read this file (it has no f-strings), because it is what tells the
owner of an old one what to do. The work itself is in `installation.py`.
"""

from __future__ import print_function

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OPTIONS = ("--dev", "--env")


def main(arguments):
    """Make everything ready, then become the command. Returns an exit code only on failure."""
    options = [argument for argument in arguments[:2] if argument in OPTIONS]
    command = arguments[len(options) :]
    complaint = complaint_about_python()
    if complaint:
        print(complaint, file=sys.stderr)
        return 1

    sys.path[0] = ROOT  # the folder of this file was there
    from blogsite import installation

    try:
        installation.make_ready(with_dev="--dev" in options, with_env="--env" in options)
    except installation.Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    os.chdir(ROOT)
    os.execv(installation.PYTHON, [installation.PYTHON] + command)  # noqa: RUF005, S606


def complaint_about_python():
    """One sentence on what this Python lacks, or None."""
    version = "{0}.{1}".format(*sys.version_info[:2])
    if sys.version_info < (3, 11):
        return (
            "Blogsite needs Python 3.11 or newer; this is Python {0}. Install a newer one, or say"
            " where it is: PYTHON=/path/to/python3 make run".format(version)
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return (
            "This Python {0} has no venv module. Install it (Debian and Ubuntu: apt-get install"
            " python{0}-venv), or name another: PYTHON=/path/to/python3 make run".format(version)
        )
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
