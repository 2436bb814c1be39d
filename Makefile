# The one entry for people and CI. `make` alone lists what there is.
# Settings are the LEADS_* variables; see orchestration/settings.py.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LEADS := $(BIN)/python -m orchestration

.PHONY: bench help setup lock demo sample nightly rollback replay train-identity check-identity compare-lists ui report docs test lint lint-python lint-sql clean

help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- Environment

setup: $(VENV)/.complete  ## Make .venv from requirements.lock, once per lock, and a warehouse without rows

$(VENV)/.complete: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo \
	  "error: $$($(PYTHON) --version 2>&1) is not 3.11, 3.12 or 3.13 | where: PYTHON | mend: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@rm -rf $(VENV)
	@if command -v uv > /dev/null; then \
	  uv venv --quiet --python "$$(command -v $(PYTHON))" $(VENV); \
	  uv pip install --quiet --compile-bytecode --python $(BIN)/python --no-deps --require-hashes \
	    -r requirements.lock; \
	else \
	  $(PYTHON) -m venv $(VENV); \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --no-deps --require-hashes -r requirements.lock; \
	fi
	@$(LEADS) blank
	@touch $@

lock:  ## Resolve pyproject.toml anew into requirements.lock (needs uv)
	uv pip compile --quiet --universal --upgrade --generate-hashes --python-version 3.11 --extra dev \
	  --no-strip-extras --no-annotate --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command 'make lock' --output-file requirements.lock pyproject.toml

# --- Running

demo: setup  ## Sample organisation, one night, the funnel and the call list
	@$(LEADS) demo

sample: setup  ## Only write the sample organisation
	@$(LEADS) sample

nightly: setup  ## The scheduled job once: land, build, check, score, publish
	@$(LEADS) nightly

rollback: setup  ## Publish the version before the current one again
	@$(LEADS) rollback

replay: setup  ## Scores as of a past day: AS_OF=2026-03-31, RULES_OF=today for today's rules
	@$(LEADS) replay --as-of "$(AS_OF)" --rules-of $(or $(RULES_OF),that-day)

train-identity: setup  ## Estimate the match weights from the warehouse, for review
	@$(LEADS) train-identity

ui: setup  ## Dagster's web page on 127.0.0.1
	@$(LEADS) ui

report: setup  ## The report page of what is published
	@$(LEADS) report

docs: setup  ## The dbt documentation as one static page
	@$(LEADS) docs

# --- Proof

bench: setup  ## A full build and nights against a baseline (SIZE=100000 leads; RECORD=1 into docs/benchmarks.md)
	@$(BIN)/python -m bench --leads $(or $(SIZE),100000) $(if $(RECORD),--record)

test: lint  ## Lint, types, dbt tests, Python tests, one end-to-end night
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

lint: setup  ## Formatting, style and types of Python, SQL and YAML
	@$(MAKE) --no-print-directory --jobs 2 lint-python lint-sql

lint-python: setup
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/yamllint --strict .
	@$(BIN)/mypy

lint-sql: setup
	@LEADS_HOME=target/lint $(LEADS) blank
	@LEADS_HOME=target/lint PYTHONWARNINGS=ignore \
	  $(BIN)/sqlfluff lint --disable-progress-bar --processes 2 models

compare-lists:  ## The call list against two habits of sales: SAMPLE=folder, of its night in LEADS_HOME
	@$(BIN)/python -m sample.compare_call_lists $(SAMPLE) $(or $(LEADS_HOME),leads_home)/published/current

check-identity:  ## Precision and recall of identity: SAMPLE=folder, of its night in LEADS_HOME
	@$(BIN)/python -m sample.check_identity $(SAMPLE) $(or $(LEADS_HOME),leads_home)/published/current

clean:  ## Remove what is generated in the project's folder; LEADS_HOME is left alone
	@rm -rf target logs dbt_packages .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
