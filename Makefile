# The two commands: `make app` serves the page, `make test` runs every test.
# Override on the command line, for example `make app PORT=8600`.

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8501
CHROMIUM ?= chromium
PYTEST_ARGS ?=
PINS_ARGS ?=

BIN := $(VENV)/bin
TESTS = $(BIN)/python -m pytest -q --timeout 600 $(PYTEST_ARGS)
# A file of tests stays on one processor, in the order of tests/conftest.py: the longest come first.
SIDE_BY_SIDE = -n 2 --dist loadscope --no-loadscope-reorder
PIN = $(BIN)/uv pip compile pyproject.toml --quiet --no-config --universal --python-version 3.11 \
  --no-emit-index-url --custom-compile-command "make pins"
ROOMS = equity_core.errors $(subst /,.,$(patsubst %/__init__.py,%,$(wildcard equity_core/*/__init__.py ui/*/__init__.py)))
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Hundreds of processes are started by tests and server: what Python has compiled is kept for all.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: app test check bench docs pins licences sbom audit wheel serve-test wheelhouse chromium postgresql nginx faketime

app: $(VENV)/kernels.stamp
	@echo "Equity Explorer: http://$(HOST):$(PORT) (stop with Ctrl+C)"
	@$(BIN)/python -m streamlit run serve.py --server.address $(HOST) --server.port $(PORT)

# A browser and its server fill two processors: those tests come one at a time.
test: $(VENV)/dev.stamp chromium postgresql nginx faketime
	$(TESTS) $(SIDE_BY_SIDE) -m "not browser"
	$(TESTS) -m browser

# What is said of serving others, on its own: nginx before two replicas, a network without a way out.
serve-test: $(VENV)/dev.stamp chromium postgresql nginx
	$(TESTS) tests/browser/serving tests/deploy tests/ui/test_guard.py tests/ui/test_ready.py

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(TESTS) $(SIDE_BY_SIDE) -m "not slow and not browser"

bench: $(VENV)/app.stamp
	$(BIN)/python -m bench
	$(BIN)/python -m bench.online
	$(BIN)/python -m bench.waiting

# A page for each module, from the docstrings: docs/api/index.html.
docs: $(VENV)/dev.stamp
	PYTHONPATH=. $(BIN)/pdoc $(ROOMS) '!equity_core.store.migrations' --docformat google \
	  --no-show-source -o docs/api

# Versions stay as they are, unless PINS_ARGS="--upgrade" or "--upgrade-package NAME" is given.
# pip refuses a folder or a wheel beside constraints with hashes: those in constraints.txt have none.
pins: $(VENV)/dev.stamp
	$(PIN) --generate-hashes --extra app --extra sweep --extra postgres -o requirements.txt $(PINS_ARGS)
	$(PIN) --generate-hashes --all-extras -c requirements.txt -o requirements-dev.txt $(PINS_ARGS)
	$(PIN) --all-extras --no-annotate -c requirements-dev.txt -o constraints.txt

# What the server is made of: a page of licences, a bill of materials (CycloneDX), and what is
# publicly known against any of it, where an index of vulnerabilities is reachable.
licences: $(VENV)/dev.stamp
	$(BIN)/python -m supply.licences

sbom: $(VENV)/dev.stamp
	@mkdir -p build
	$(BIN)/python -W ignore -m cyclonedx_py requirements requirements.txt --pyproject pyproject.toml \
	  --output-reproducible -o build/sbom.cdx.json

audit: $(VENV)/dev.stamp
	@$(BIN)/python -m supply.audit

# The same commit gives the same bytes on every machine: times in it are those of the commit.
wheel: $(VENV)/dev.stamp
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m pip wheel . --quiet --no-deps \
	  --no-build-isolation --wheel-dir build

# All that an installation without the internet takes, for this kind of machine: docs/DEPLOY.md.
wheelhouse: | $(BIN)/python
	@rm -rf build/wheelhouse
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt -d build/wheelhouse
	@echo "build/wheelhouse holds $$(ls build/wheelhouse | wc -l) wheels. Take it along with the source."

# Debian ships Python without ensurepip unless python3-venv is there: then the pip at hand helps.
$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) > /dev/null 2>&1 || { \
	  $(PYTHON) -m venv --clear --without-pip $(VENV) && \
	  $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }

$(VENV)/app.stamp: requirements.txt | $(BIN)/python
	@echo "Installing what the app needs into $(VENV) (about a minute) ..."
	@$(PIP) -r requirements.txt
	@touch $@

# Numba keeps what it has compiled beside the source, until the source changes.
$(VENV)/kernels.stamp: $(VENV)/app.stamp $(wildcard equity_core/*.py equity_core/*/*.py equity_core/*/*/*.py)
	@echo "Compiling the solver, so that the first visitor need not wait ..."
	@$(BIN)/python -m equity_core solve > /dev/null
	@$(BIN)/python -m equity_core solve --set deferrable_share=0.3 > /dev/null
	@$(BIN)/python -m equity_core foresight --method blend > /dev/null
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/app.stamp
	@echo "Installing what the tests need ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

chromium:
	@command -v $(CHROMIUM) > /dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  echo "Installing Chromium for the browser tests ..."; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends chromium > /dev/null; \
	else \
	  echo "The browser tests need Chromium. Install it (on Debian: sudo apt-get install" \
	    "chromium) and run make test again; make check needs no browser." >&2; \
	  exit 1; \
	fi

# The tests of the store start a server of their own with these programs, and stop it.
postgresql:
	@command -v initdb > /dev/null || ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  echo "Installing PostgreSQL for the tests of the store ..."; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends postgresql > /dev/null; \
	else \
	  echo "The tests of the store need PostgreSQL. Install it (on Debian: sudo apt-get install" \
	    "postgresql) and run make test again; make check needs none." >&2; \
	  exit 1; \
	fi

# The tests of serving start one of their own, on a free port, and stop it.
nginx:
	@command -v nginx > /dev/null || test -x /usr/sbin/nginx || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  echo "Installing nginx for the tests of serving ..."; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends nginx-light > /dev/null; \
	else \
	  echo "The tests of serving need nginx. Install it (on Debian: sudo apt-get install nginx-light)" \
	    "and run make test again; make check needs none." >&2; \
	  exit 1; \
	fi

# What lets a clock jump: without it those two tests are skipped, and say so.
faketime:
	@command -v faketime > /dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  apt-get update -qq; DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends faketime > /dev/null || true; \
	fi
