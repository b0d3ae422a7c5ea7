# The doors of the project. A bare machine with git, make and Python 3.11 needs nothing else:
# uv is fetched into .tools/, and uv fetches the rest from uv.lock.
SHELL := /bin/sh
# the interpreter itself, not a shim that finds it: uv compares the two
PYTHON ?= $(shell $$(command -v python3.11 || command -v python3) -c 'import sys; print(sys.executable)')
export UV_PYTHON_DOWNLOADS = never
export UV_PYTHON = $(PYTHON)
UV := .tools/bin/uv
RUN := $(UV) run --frozen --no-sync
CONTRACTS := $(RUN) lint-imports --no-cache

.PHONY: demo setup test check fix docs bench clean

demo: setup            ## a pretend county, the whole study, a report
	@$(RUN) casescope demo --home demo

setup: .venv/.synced   ## install exactly what uv.lock says

test: setup check      ## every check and every test
	$(RUN) pytest -n 2 --dist loadfile --no-loadscope-reorder

check: setup           ## format, lint, types, import contracts, docs, migrations
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	$(CONTRACTS)
	$(RUN) python -m django makemigrations --check --dry-run --settings casescope.register.settings
	$(RUN) python -m casescope.cli.reference --check docs/reference

fix: setup             ## mend what can be mended by a machine
	$(RUN) ruff check --fix .
	$(RUN) ruff format .
	$(RUN) python -m casescope.cli.reference docs/reference

bench: setup           ## peers side by side (takes minutes)
	$(RUN) python -m benchmarks

clean:
	rm -rf .venv .tools demo

.venv/.synced: uv.lock pyproject.toml $(UV)
	$(UV) sync --frozen --quiet --compile-bytecode
	@touch $@

# venv needs Debian's python3-venv; without it pip alone will do, and without pip one sentence says what to install.
$(UV):
	@rm -rf .tools
	@$(PYTHON) -m venv .tools 2>/dev/null \
	  || { rm -rf .tools; if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	         apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && $(PYTHON) -m venv .tools; \
	       else echo "casescope: Python's venv module is missing; install it (apt-get install python3-venv) and run make again." >&2; exit 1; fi; }
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check "uv==0.13.9"
