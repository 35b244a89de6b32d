# make demo   install into .venv, read the seed articles, show the contradictions on Zangezur
# make test   install what the tests need, then lint, types and tests
# make lint   ruff and mypy alone
# make bench  speed and quality figures; BENCH_DATA names a folder with annotated news, if there is one

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH_DATA ?= ../shared
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test lint bench clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "claimtrack needs Python 3.11 or newer; set PYTHON")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: $(VENV)/.installed
	$(BIN)/claimtrack --db demo.db extract seeds
	$(BIN)/claimtrack --db demo.db contradict --topic zangezur

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy

test: lint
	$(BIN)/python -m pytest

bench: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/run.py --data $(BENCH_DATA)

clean:
	rm -rf $(VENV) demo.db demo.db-wal demo.db-shm
