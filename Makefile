# Two commands: `make demo` runs everything on this machine, `make test` checks everything.
# All paths are relative, so that the project may lie in a folder with blanks in its name.

.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset chat talks test test-fast lint types proofs coverage again faults shifted pictures hunt bench lock format clean venv install install-dev install-pictures catalogues

PYTHON ?=
VENV := .venv/bin/python
PIP := $(VENV) -m pip --disable-pip-version-check --no-input -qq
export PYTHONUTF8 = 1
# What is compiled once need not be compiled by each of the hundred processes that a test run starts.
unexport PYTHONDONTWRITEBYTECODE

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' Makefile | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

# --- running -------------------------------------------------------------------------------------------

# `exec` and --stop-with-parent: if make is killed, the demo notices and stops.
demo: install catalogues  ## run everything here, with a demo business (PORT=8000, HOST=127.0.0.1)
	@exec $(VENV) -m config.demo --stop-with-parent

demo-reset: install  ## forget the demo's data
	@$(VENV) -m config.demo --reset

BOT := ceramics
chat: install catalogues  ## talk to a bot of the demo in this terminal, demo running or not (BOT=ceramics)
	@$(VENV) -m config.demo --run chat $(BOT) --show-understanding

# --- checking ------------------------------------------------------------------------------------------

TEST_SERVERS := $(VENV) -m config.embedded
PRODUCTION = eval "$$($(TEST_SERVERS) start --not-durable .frontdesk/test | sed 's/^/export /')"; \
	APP_ENV=production DEBUG=false HTTPS=true ALLOWED_HOSTS=frontdesk.example \
	ADMIN_API_KEY=an-example-of-a-key-that-machines-send \
	SECRET_KEY=an-example-of-fifty-characters-at-least-0123456789-abcdefghij \
	FIELD_ENCRYPTION_KEYS=ZmlmdHktZXhhbXBsZS1rZXktb2YtMzItYnl0ZXMtISE=

# Three processes keep two cores busy, as some tests wait; with four, those that have a deadline miss it now and then.
PYTEST = $(VENV) -m pytest -n 3 --dist worksteal

TRACE = $(if $(TRACED),--cov --cov-report=term:skip-covered)

# Types are checked beside the tests. Importing the tests once spares their processes rewriting each assertion, and two
# talks make the tables and the vectors of both presets, for which all processes would wait.
test: lint catalogues  ## every check, then the tests
	@mkdir -p .frontdesk; $(VENV) -m mypy > .frontdesk/types.txt 2>&1 & types=$$!; \
		{ $(PRODUCTION) $(VENV) manage.py makemigrations --check --dry-run; } && \
		{ $(PRODUCTION) $(VENV) manage.py check --deploy --fail-level WARNING; } && \
		{ $(VENV) -m pytest --collect-only -qq > /dev/null; \
			$(VENV) -m pytest -n 0 -qq tests/dialogues -k "tattoo_paid or price_and_tuesday" > /dev/null; \
			$(PYTEST) -m "not faults and not again" $(TRACE); }; \
		code=$$?; $(TEST_SERVERS) stop .frontdesk/test; \
		wait $$types || { cat .frontdesk/types.txt; code=1; }; exit $$code

test-fast: install-dev catalogues  ## what one runs while working: no whole talks, races, other processes; TESTS=tests/bots
	@$(PYTEST) -m "not faults and not again and not slow" -q $(TESTS)

lint: install-dev  ## style, names, and who imports whom
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	.venv/bin/lint-imports --no-cache

types: install-dev  ## types
	$(VENV) -m mypy

proofs: install-dev catalogues  ## what is longer than the suite can bear: coverage, faults, pictures, every moment
	@$(MAKE) coverage
	@$(MAKE) again
	@$(MAKE) faults
	@$(MAKE) pictures
	@$(MAKE) shifted AT=all

coverage:  ## the same as `test`, and which lines it runs
	@$(MAKE) test TRACED=1

again: install-dev catalogues  ## what the suite tries once: other seeds, languages and harms, and that controls fail
	$(PYTEST) -m again $(TESTS)

faults: install-dev catalogues  ## the long experiments that harm real processes; one of them needs Debian's faketime
	$(VENV) -m pytest -m faults -n 0 $(TESTS)

shifted: install-dev catalogues  ## the suite at another moment (AT=leap-day, AT=all; THIRD=0); needs Debian's faketime
	@$(VENV) -m tests.shifted $(if $(AT),--at $(AT)) $(if $(THIRD),--third $(THIRD)) $(TESTS)

pictures: install-pictures catalogues  ## look at what people see, in Chromium; kept in .frontdesk/pictures (ONLY=word)
	@$(VENV) -m tests.pictures $(if $(ONLY),--only $(ONLY))

# A place of its own, so that neither a demo nor its data matter.
N := 1000
TALKS = eval "$$($(TEST_SERVERS) start --not-durable .frontdesk/talks | sed 's/^/export /')"; export APP_ENV=dev \
	SECRET_KEY=an-example-of-fifty-characters-at-least-0123456789-abcdefghij \
	FIELD_ENCRYPTION_KEYS=ZmlmdHktZXhhbXBsZS1rZXktb2YtMzItYnl0ZXMtISE=
talks: install catalogues  ## simulated customers with every preset's bot, in all languages, with both parts of the bank (N=1000)
	@{ $(TALKS) && $(VENV) manage.py migrate -v0 && \
		for preset in $(notdir $(patsubst %/business.yaml,%,$(wildcard bots/presets/*/business.yaml))); do \
			$(VENV) manage.py load_preset $$preset > /dev/null || exit 1; done && \
		$(VENV) manage.py evaluate --simulate $(N) --phrasings each --json .frontdesk/talks.json; }; \
		code=$$?; $(TEST_SERVERS) stop .frontdesk/talks; exit $$code

hunt: install-dev  ## thousands of new cases for what must hold of every text
	$(VENV) -m pytest -n 2 --timeout 0 --hypothesis-profile hunt tests/language/test_properties.py -k "any or past"

bench: install-dev catalogues  ## how fast it is
	$(VENV) -m benchmarks

# --- keeping -------------------------------------------------------------------------------------------

# A pip before 23.3 gives up at an extra that a dependency asks for, unless the line that pins the package names it too.
LOCK = $(VENV) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--no-emit-index-url --no-emit-find-links

lock: install-dev  ## pin every version anew after a change of dependencies in pyproject.toml
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) --group dev -c requirements.txt -o tests/requirements.txt
	$(LOCK) --group pictures -c requirements.txt -c tests/requirements.txt -o tests/pictures.txt

format: install-dev  ## put the code into its usual shape
	$(VENV) -m ruff check --fix-only .
	$(VENV) -m ruff format .

clean:  ## remove what can be made again; data of the demo stays
	rm -rf .venv .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .frontdesk/staticfiles
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -path '*/locale/*' -name '*.mo' -exec rm -f {} +

# --- setting up ----------------------------------------------------------------------------------------

# A virtual environment knows where it lies: one that was moved is made again.
venv:
	@if [ -f .venv/made-in ] && [ "$$(cat .venv/made-in)" != "$$(pwd -P)" ]; then rm -rf .venv; fi
	@if [ ! -x $(VENV) ] || ! $(VENV) -c '' 2>/dev/null; then \
		for candidate in "$(PYTHON)" $(if $(PYTHON),,python3 python3.13 python3.12 python3.11); do \
			[ -n "$$candidate" ] || continue; \
			"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
			echo "Making .venv with $$candidate."; \
			rm -rf .venv; \
			"$$candidate" -m venv .venv && pwd -P > .venv/made-in && exit 0; \
			rm -rf .venv; \
			echo "Python has no venv module here. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; \
		done; \
		echo "Python 3.11 or newer is needed. Install it, or name it: make $(firstword $(MAKECMDGOALS)) PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi

# What was installed last is kept beside it: nothing happens until the list changes.
install: venv
	@cmp -s requirements.txt .venv/installed.txt || { \
		echo "Installing the packages of requirements.txt."; \
		$(PIP) install --require-hashes -r requirements.txt && cp requirements.txt .venv/installed.txt; }

# Two versions of one package cannot be installed into one place: each of these pips has a folder of its own.
install-dev: install
	@cmp -s tests/requirements.txt .venv/installed-dev.txt || { \
		echo "Installing the packages of tests/requirements.txt."; \
		$(PIP) install --require-hashes -r tests/requirements.txt && cp tests/requirements.txt .venv/installed-dev.txt; }
	@cmp -s tests/old_pips.txt .venv/old-pips/installed.txt || { \
		echo "Installing the pips of tests/old_pips.txt."; \
		rm -rf .venv/old-pips && mkdir .venv/old-pips && grep '^pip==' tests/old_pips.txt | while read -r pin; do \
			version="$${pin#pip==}"; \
			echo "$$pin" | $(PIP) install --no-deps --require-hashes \
				--target ".venv/old-pips/$${version%% *}" -r /dev/stdin || exit 1; \
		done && cp tests/old_pips.txt .venv/old-pips/installed.txt; }

install-pictures: install-dev
	@cmp -s tests/pictures.txt .venv/installed-pictures.txt || { \
		echo "Installing the packages of tests/pictures.txt."; \
		$(PIP) install --require-hashes -r tests/pictures.txt && cp tests/pictures.txt .venv/installed-pictures.txt; }

# Compiled catalogues are not in git; each is made again when its text is newer.
catalogues: install
	@for text in */locale/*/LC_MESSAGES/django.po; do \
		made="$${text%.po}.mo"; \
		[ -f "$$text" ] || continue; \
		if [ ! -f "$$made" ] || [ "$$text" -nt "$$made" ]; then \
			$(VENV) -m babel.messages.frontend --quiet compile -D django -i "$$text" -o "$$made" || exit 1; \
		fi; \
	done
