# make demo   install into .venv, read the seed articles, show the contradictions on Zangezur
# make shell  a shell in which claimtrack is called by its name, on the store of the demo
# make test   install what the tests need, then lint, types and tests
# make lint   ruff and mypy alone
# make bench  speed and quality figures; BENCH_DATA names a folder with annotated news, if there is one

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH_DATA ?= ../shared
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo shell test lint bench clean

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
	@echo 'To call claimtrack by its name, on demo.db: make shell. Or: . $(BIN)/activate, then claimtrack --db demo.db …'

shell: $(VENV)/.installed
	@echo 'claimtrack is on the path here, and works on demo.db where that is there; exit ends this shell.'
	@. $(BIN)/activate && CLAIMTRACK_DB=$$(test -f demo.db && echo demo.db) exec $${SHELL:-sh} -i

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy

test: lint
	$(BIN)/python -m pytest

bench: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/run.py --data $(BENCH_DATA)

clean:
	rm -rf $(VENV) demo.db demo.db-wal demo.db-shm
