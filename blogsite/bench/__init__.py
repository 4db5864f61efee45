"""`make bench`: how fast the site is, beside the fastest there can be, in one run.

Everything under measure runs on one core and whatever asks on another, over the loopback. A
machine is never quite the same twice, so what is compared is asked in turn, round after round,
and what counts are the ratios within a run; docs/performance.md holds the method and the results.

The site never imports this package, and this package asks the site as a visitor would: by its
server, in processes of their own. Only `inside` runs in Django, for what no visitor can see.
"""
