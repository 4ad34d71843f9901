# Every target sets up what it needs. PYTHON=/path/to/python chooses the Python (3.11 or newer).
.DEFAULT_GOAL := help
.PHONY: help setup setup-runtime setup-server demo verdicts serve test lint types imports bench bench-honesty lock openapi clean
export PYTHON
# Compiled modules are kept: hundreds of processes of the tests would compile them again, each.
unexport PYTHONDONTWRITEBYTECODE
AT_ONCE = -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

help:
	@echo "make demo    set up, fill an installation with two real products, serve it (PORT= to choose)"
	@echo "make test    set up, run every test"
	@echo "make setup   only set up: the environment in .venv, the command .venv/bin/sextant"
	@echo "make verdicts  set up the library alone, check the demo's contracts, write the reports"
	@echo "make serve   set up, serve an installation of your own (PORT= to choose)"
	@echo "make lint | types | imports    style, types, directions of imports"
	@echo "make bench   speed and coverage in their long form, written to benchmarks/results"
	@echo "make bench-honesty  false alarms and power beside four other tools, written to docs/honesty.md"
	@echo "make lock    write requirements/*.txt again from pyproject.toml (needs uv)"
	@echo "make clean   remove the environment, caches and reports"

setup:
	@sh scripts/setup.sh dev

setup-runtime:
	@sh scripts/setup.sh runtime

setup-server:
	@sh scripts/setup.sh server

serve: setup-server
	@.venv/bin/sextant serve --port $(or $(PORT),8000)

demo: setup-server
	@.venv/bin/sextant demo --port $(or $(PORT),8000)

verdicts: setup-runtime
	@sh scripts/verdicts.sh

test: setup
	@echo "Testing: the whole suite, fast tests first"
	@.venv/bin/python -m pytest $(or $(ARGS),$(AT_ONCE))
	@$(if $(ARGS),true,echo "Testing: the server on PostgreSQL" && .venv/bin/python scripts/test_on_postgresql.py $(AT_ONCE))

lint: setup
	@echo "Linting: ruff check, ruff format --check"
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

types: setup
	@echo "Checking types: mypy --strict"
	@.venv/bin/mypy

imports: setup
	@echo "Checking imports: lint-imports"
	@.venv/bin/lint-imports --no-cache

openapi: setup
	@.venv/bin/python scripts/openapi.py

bench: setup
	@echo "Measuring: the time of a check, of every page, of values and of rankings, then the coverage of every interval (takes long)"
	@.venv/bin/python benchmarks/check_speed.py --large
	@.venv/bin/python benchmarks/server_speed.py
	@.venv/bin/python benchmarks/value_speed.py
	@.venv/bin/python benchmarks/portfolio_speed.py
	@.venv/bin/python -m benchmarks.coverage

bench-honesty: setup
	@sh benchmarks/honesty/pins/setup.sh
	@echo "Measuring: false alarms and power (ARGS=--quick, stops after ten minutes; ARGS=\"--rounds 3\" thrice over the grid)"
	@.venv/bin/python -m benchmarks.honesty $(or $(ARGS),--quick)

lock:
	@sh scripts/lock.sh

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache demo/reports
