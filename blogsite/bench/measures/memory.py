"""What a worker holds after many different pages, and what a page costs that is asked for once.

Kept pages have their full limit here, so each page is made, packed and kept; nothing is a hit.
"""

from blogsite.bench import seeding
from blogsite.bench.asking import expect
from blogsite.bench.run import Row, Run, middle, worst
from blogsite.bench.serving import serving


def measure(run: Run) -> list[Row]:
    paths = seeding.inside(run.var_dir, "crawl", str(run.crawled))
    site = run.open.enter_context(serving(run.var_dir))
    with site.connect() as connection:
        expect(connection.get("/"), 200, "/")
        at_start = site.memory()
        seconds = []
        for path in paths:
            answer = connection.get(path)
            if answer.status not in {200, 404}:  # some tags have no third page
                expect(answer, 200, path)
            seconds.append(answer.seconds)
    return [
        {
            "what": f"{len(paths)} different pages",
            "p50 ms": round(middle(seconds) * 1000, 2),
            "p99 ms": round(worst(seconds) * 1000, 2),
            "MB before": round(at_start),
            "MB after": round(site.memory()),
        }
    ]
