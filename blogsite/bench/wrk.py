"""As many requests as a server can take: wrk, and what it says."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from blogsite.bench import programs
from blogsite.bench.programs import ASKING, Failed

# wrk tells its numbers to people; this makes it tell them to us.
SCRIPT = """
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\\nRESULT {"requests": %d, "microseconds": %d, "p50": %d, "p99": %d, "failed": %d, "refused": %d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write, errors.status))
end
"""


class Load(NamedTuple):
    requests: int
    rate: float  # requests a second
    p50: float  # milliseconds
    p99: float


def load(url: str, connections: int, seconds: float, headers: dict[str, str]) -> Load:
    """What the server did with `connections` that always ask for `url`; raises Failed at errors.

    One thread of wrk: there is one core for it.
    """
    with tempfile.TemporaryDirectory() as folder, programs.running_on(ASKING):
        script = Path(folder, "result.lua")
        script.write_text(SCRIPT)
        options = [
            f"-c{connections}",
            "-t1",
            "--timeout=60s",
            f"-d{max(1, round(seconds))}s",
            "-s",
            str(script),
        ]
        options += [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
        done = subprocess.run(  # noqa: S603 - our own command
            [programs.find("wrk"), *options, url], capture_output=True, text=True
        )
    _before, found, result = done.stdout.partition("RESULT ")
    if done.returncode or not found:
        raise Failed(f"wrk could not ask for {url}: {done.stderr.strip() or done.stdout.strip()}")
    said = json.loads(result)
    if said["failed"] or said["refused"]:
        raise Failed(f"{said['failed'] + said['refused']} requests for {url} failed.")
    rate = said["requests"] / said["microseconds"] * 1e6
    return Load(said["requests"], rate, said["p50"] / 1e3, said["p99"] / 1e3)
