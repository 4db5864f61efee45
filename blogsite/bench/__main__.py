"""python -m blogsite.bench [--posts N ...] [--only NAME ...]: see docs/performance.md.

The exit code says whether it could be measured, never whether it was fast.
"""

import argparse
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from blogsite.bench import growth, programs, report, seeding
from blogsite.bench.measures import MEASURES
from blogsite.bench.programs import ASKING, ROOT, Failed, Missing
from blogsite.bench.run import Row, Run

FOLDER = ROOT / "var" / "bench"
# Just enough of each to show that it can be measured.
SMOKE = {"repeats": 1, "seconds": 1, "connections": (2,), "asks": 2, "crawled": 30, "comments": 5}
SMOKE_POSTS = 20


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser("blogsite.bench", description="Measures how fast the site is.")
    made.add_argument(
        "--posts", type=int, nargs="+", default=[1_000], help="of several sizes: what grows"
    )
    made.add_argument("--only", nargs="+", choices=list(MEASURES), default=list(MEASURES))
    made.add_argument("--repeats", type=int, default=3, help="rounds; the middle counts")
    made.add_argument("--seconds", type=float, default=2, help="of each load")
    made.add_argument("--folder", type=Path, default=FOLDER, help="where made sites are kept")
    made.add_argument("--json", type=Path, help="where the numbers go; in the folder otherwise")
    made.add_argument("--smoke", action="store_true", help="a few requests of each kind only")
    return made


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    # Whatever ends a run, its servers end with it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        programs.find_all()
        measure(options)
    except (Missing, Failed) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def measure(options: argparse.Namespace) -> None:
    sizes = [SMOKE_POSTS] if options.smoke else sorted(options.posts)
    sites = {posts: seeding.site_with(posts, options.folder.absolute()) for posts in sizes}
    with tempfile.TemporaryDirectory(prefix="blogsite-bench-") as scratch:
        runs = [run_of(options, posts, sites[posts], Path(scratch)) for posts in sizes]
        if ASKING:
            os.sched_setaffinity(0, ASKING)
        before = report.machine()
        results = compare(runs) if len(runs) > 1 else measure_all(runs[0], options.only)
    about = {"posts": sizes, "before": before, "after": report.machine()}
    print(report.preface(about))
    name = "growth" if len(runs) > 1 else str(sizes[0])
    report.write(options.json or options.folder / f"result-{name}.json", about, results)


def run_of(options: argparse.Namespace, posts: int, var_dir: Path, scratch: Path) -> Run:
    if options.smoke:
        return Run(var_dir, scratch, posts, **SMOKE)
    return Run(var_dir, scratch, posts, repeats=options.repeats, seconds=options.seconds)


def compare(runs: list[Run]) -> dict[str, list[Row]]:
    rows = growth.measure(runs)
    print(report.table(growth.HEADING, rows))
    return {"growth": rows}


def measure_all(run: Run, names: list[str]) -> dict[str, list[Row]]:
    """Each measure in turn, its table printed as soon as it is there."""
    results = {}
    for name in names:
        heading, take = MEASURES[name]
        with ExitStack() as run.open:
            results[name] = take(run)
        print(report.table(f"{heading} ({run.posts:,} posts)", results[name]), flush=True)
    return results


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
