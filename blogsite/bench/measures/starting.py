"""From `manage.py serve` to the first page, with the job worker that starts beside it."""

import time

from blogsite.bench.asking import expect
from blogsite.bench.run import Row, Run, middle
from blogsite.bench.serving import serving_with_jobs


def measure(run: Run) -> list[Row]:
    seconds = [start(run) for _number in range(run.repeats)]
    return [
        {
            "what": "serve to the first page",
            "median s": round(middle(seconds), 2),
            "slowest s": round(max(seconds), 2),
        }
    ]


def start(run: Run) -> float:
    began = time.perf_counter()
    with serving_with_jobs(run.var_dir) as site, site.connect() as connection:
        expect(connection.get("/"), 200, "/")
        return time.perf_counter() - began
