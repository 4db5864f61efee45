"""The counters of several machines, in Redis; the same as those in a file of one machine.

Redis away, hung or emptied makes the site slower and never wrong: while it does not answer, nothing
that was kept counts as right, and whoever asks again after that begins anew.
"""
