# The commands of this project; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run run-https test test-faults bench bench-growth dev demo empty lint format lock clean

# Replaces the shell by blogsite/bootstrap.py under the first Python that is good enough:
# PYTHON if it is given, else the one in .venv, else what the system has. Trying each one also
# passes over version managers' stand-ins that find nothing behind them. If none will do, the
# last that runs at all says in bootstrap.py what is missing. `exec` all the way, so that
# stopping make stops the site.
define bootstrap
@if [ -n "$$PYTHON" ]; then \
	"$$PYTHON" -c "" 2>/dev/null || { echo "PYTHON=$$PYTHON does not run. Name a Python 3.11 or newer." >&2; exit 1; }; \
	exec "$$PYTHON" blogsite/bootstrap.py $(1); \
fi; \
for candidate in .venv/bin/python python3 python3.13 python3.12 python3.11; do \
	if "$$candidate" -c "import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; then \
		exec "$$candidate" blogsite/bootstrap.py $(1); \
	elif "$$candidate" -c "" 2>/dev/null; then \
		runs=$$candidate; \
	fi; \
done; \
[ -n "$$runs" ] && exec "$$runs" blogsite/bootstrap.py $(1); \
echo "Blogsite needs Python 3.11 or newer, and there is none on the PATH. Install it (Debian and Ubuntu: apt-get install python3 python3-venv) or say where it is: PYTHON=/path/to/python3 make $@" >&2; \
exit 1
endef

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Start the site at http://127.0.0.1:8000/ (elsewhere: PORT=9000 make run)
	$(call bootstrap,--env manage.py serve --prepare --until-parent-ends)

run-https: export SERVE_HTTPS = 1
run-https: ## Start the site at https://localhost:8000/, with a certificate of its own
	$(call bootstrap,--env manage.py serve --prepare --until-parent-ends)

PYTEST := -m pytest

test: export TEST_DATABASE = $(DATABASE)
test: ## Run all tests (some: ARGS="posts -k feed"; coverage: COVERAGE=1; on PostgreSQL: DATABASE=postgres)
	$(call bootstrap,--dev $(PYTEST) -n 2 --dist loadgroup $(if $(COVERAGE),--cov --cov-report=term) $(ARGS))

test-faults: ## Run the long tests: kills, a failing mail server, a full disk, load (minutes)
	$(call bootstrap,--dev $(PYTEST) -m faults -n 4 --dist loadgroup $(ARGS))

bench: ## Measure how fast the site is (POSTS=100000, ONLY="kept pages", REPEATS=5)
	$(call bootstrap,--dev -m blogsite.bench --posts $(or $(POSTS),1000) $(if $(ONLY),--only $(ONLY)) $(if $(REPEATS),--repeats $(REPEATS)) $(ARGS))

bench-growth: ## Measure what grows with the number of posts (POSTS="1000 100000")
	$(call bootstrap,--dev -m blogsite.bench --posts $(or $(POSTS),1000 100000) $(if $(REPEATS),--repeats $(REPEATS)) $(ARGS))

dev: export DEBUG = 1
dev: export EMAIL_URL = consolemail://
dev: ## Start a site for working on it: auto-reload, debug toolbar, mail in the terminal
	$(call bootstrap,--dev --env manage.py develop)

demo: ## Throw away what the site holds and load the demo content (FORCE=1 does not ask)
	$(call bootstrap,--env manage.py prepare --reset $(if $(FORCE),--force))

empty: ## Remove all content and keep the people, to begin a blog of your own (FORCE=1 does not ask)
	$(call bootstrap,--env manage.py empty_site $(if $(FORCE),--yes))

lint: ## Check the code's style and layout
	$(call bootstrap,--dev -m ruff check .)
	$(call bootstrap,--dev -m ruff format --check .)

format: ## Bring the code into its layout
	$(call bootstrap,--dev -m ruff check --fix .)
	$(call bootstrap,--dev -m ruff format .)

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)

lock: ## Write requirements*.txt from requirements*.in (newest versions: UPGRADE=1)
	$(call bootstrap,--dev -m $(LOCK) requirements.in --output-file requirements.txt)
	$(call bootstrap,--dev -m $(LOCK) requirements-dev.in --output-file requirements-dev.txt)

clean: ## Remove what tests and tools leave behind; .venv, .env and var stay
	@rm -rf .coverage .coverage.* htmlcov .pytest_cache .ruff_cache .hypothesis
	@find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
