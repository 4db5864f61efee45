"""The site under faults, load and attack: the production server as a program, with a database, a
mail server and visitors of its own.

Every fault test ends with the same audit (audit.py). The quick ones run with all other tests; the
long ones carry the marker `faults` and run by `make test-faults`.
"""
