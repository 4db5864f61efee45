"""PostgreSQL and Redis as programs of the tests' own: started when needed, gone at the end.

Where they are not installed, the tests that need them are skipped and say what to install; with
REQUIRE_SERVICES=1, as in CI, they fail.
"""

import os

import pytest


def missing(hint: str) -> None:
    """Skip the test that asks for what is not installed, or let it fail where all must be there."""
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(hint, pytrace=False)
    pytest.skip(hint)
