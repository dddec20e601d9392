# Every target sets up what it needs: a fresh machine with python3 (>= 3.11) and pip is enough.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
DEV    := $(VENV)/.ready-dev

.PHONY: help demo test test-browser lint bench fmt clean

help:
	@echo "make demo   install, run the example programs, show the reports"
	@echo "make test   format, lint, types, layers, tests"
	@echo "make test-browser   the pages in a real browser: needs Chromium"
	@echo "make bench  the kernels beside gcc, clang, sanitizers, valgrind and rustc, as far as present"
	@echo "make fmt    format and mend what can be mended"

# Debian's python3 may come without ensurepip: then its own pip installs into the environment.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Freehold needs Python 3.11 or later; try: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null \
	  || $(PYTHON) -m venv --clear --without-pip $(VENV)

PIP = $$([ -x $(BIN)/pip ] && echo $(BIN)/python -m pip || echo $(PYTHON) -m pip --python $(BIN)/python)

$(READY): pyproject.toml | $(BIN)/python
	@echo "installing into $(VENV) ..."
	@$(PIP) install --quiet --disable-pip-version-check -e .
	@touch $@

$(DEV): pyproject.toml | $(BIN)/python
	@echo "installing into $(VENV), with the tools of development ..."
	@$(PIP) install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(READY)

demo: $(READY)
	@$(BIN)/freehold demo

lint: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/pytest -n 2

test-browser: $(DEV)
	@$(PIP) install --quiet --disable-pip-version-check -e '.[browser]' \
	  || echo "playwright cannot be had here: the tests of the pages are skipped" >&2
	$(BIN)/pytest tests/browser

bench: $(READY)
	$(BIN)/python -m bench.kernels
	$(BIN)/python -m bench.kernels --suite rust
	$(BIN)/python -m bench.startup
	$(BIN)/python -m bench.rust_check

fmt: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
