# `make run` and `make test` do everything on a fresh machine with Python 3.11 and make.
SHELL := /bin/bash
PYTHON ?= python3
# uv itself is fetched from PyPI into a folder of the checkout if it is not on the machine
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := $(UV) run --frozen

.PHONY: run test check lint train evaluate bench scenarios browser clean

run: .venv/ready
	$(RUN) shirube train
	exec $(RUN) shirube serve

test: .venv/ready lint train
	$(RUN) pytest -q -m "not browser and not slow"

lint: .venv/ready
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	$(RUN) lint-imports

train: .venv/ready
	$(RUN) shirube train

browser: train
	$(RUN) pytest -q -m browser tests/browser

scenarios: train
	$(RUN) python -m tests.conversations.table

evaluate: .venv/ready
	$(RUN) shirube evaluate

bench: train
	$(RUN) python -m tests.bench

.venv/ready: pyproject.toml uv.lock $(UV)
	$(UV) sync --frozen
	touch $@

.uv/bin/uv:
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet uv

clean:
	rm -rf .venv .uv models var .rasa
