# Two commands matter: `make site` builds and shows this repository's site, `make test` runs every
# check. Both install what they need into this folder first; a second run installs nothing.

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000

# A stamp is as new as the last successful installation of the lock it is named after.
SITE_READY := .venv/.requirements
TEST_READY := .venv/.requirements-dev
NODE_READY := node_modules/.package-lock.json

.PHONY: help site serve test docs tables screenshots lock clean distclean browser
.PHONY: checks check-style check-types check-browser-code check-python check-runtime

help:
	@echo "make site    install what is needed and build this repository's site into site/"
	@echo "make serve   preview it with live reload"
	@echo "make test    install what is needed and run every check"
	@echo "make docs    renew the options tables of the FAQ and the README's screenshots"
	@echo "make lock    renew requirements.txt and requirements-dev.txt"
	@echo "make clean   remove what was built (distclean: what was installed, too)"

site: $(SITE_READY)
	$(BIN)/oftasked build --strict
	@echo "The site is in site/. To see it:"
	@echo "  $(PYTHON) -m http.server --bind 127.0.0.1 --directory site $(PORT)"
	@echo "and open http://127.0.0.1:$(PORT)/"

serve: $(SITE_READY)
	$(BIN)/oftasked serve

# Static checks run beside the tests; each target's output stays together, and all failures show.
test: $(TEST_READY) $(NODE_READY) browser
	+$(MAKE) --no-print-directory --jobs=2 --keep-going --output-sync=target checks

checks: check-python check-style check-types check-browser-code check-runtime

check-python:
	$(BIN)/python -m pytest --quiet --numprocesses=2 --dist=loadfile

check-style:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

check-types:
	$(BIN)/mypy

check-browser-code:
	node_modules/.bin/biome check --error-on-warnings
	node_modules/.bin/tsc --project tsconfig.json

check-runtime:
	node --test tests/runtime/*.test.mjs

browser:
	@scripts/need-browser

docs: tables screenshots

tables: $(SITE_READY)
	$(BIN)/python docs/options_tables.py

screenshots: $(TEST_READY) browser
	$(BIN)/python docs/screenshots.py

$(SITE_READY): requirements.txt pyproject.toml scripts/python-environment
	PYTHON='$(PYTHON)' scripts/python-environment requirements.txt
	@touch $@

$(TEST_READY): requirements-dev.txt $(SITE_READY)
	PYTHON='$(PYTHON)' scripts/python-environment requirements-dev.txt
	@touch $@

$(NODE_READY): package-lock.json package.json
	@scripts/need-node
	npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

# The locks hold for every Python that is supported, and name no index.
LOCK := $(BIN)/uv pip compile pyproject.toml --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --quiet

lock: $(TEST_READY)
	$(LOCK) --group build --output-file requirements.txt
	$(LOCK) --group dev --constraints requirements.txt --output-file requirements-dev.txt

clean:
	rm -rf site dist build .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis

distclean: clean
	rm -rf .venv node_modules
