# Everything a contributor or a newcomer types. `make` alone shows the list.
# Needs make and Python 3.11 or newer; whatever else a target needs, it gets.

VENV := .venv/bin
RUNTIME := python=$$(tools/find-python) && $$python tools/install.py runtime
DEV := python=$$(tools/find-python) && $$python tools/install.py dev

# Words for the command behind a target:
#   make site ARGS="--drafts"    make test ARGS="-k dates"    make bench ARGS="--pages 100,1000"
ARGS ?=

# Tests run on every core. One process serves debuggers and snapshot updates:
#   make test WORKERS=0 ARGS="--inline-snapshot=fix -k diagnostics"
WORKERS ?= auto

# A Python chosen by hand: make PYTHON=/path/to/python3
export PYTHON
# SYSTEM=0 keeps 'make test' from installing programs that are missing.
export SYSTEM
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.PHONY: help site serve test check lint format pins mutants fuzz fuzz-bugs lock sbom audit bench bench-peers clean

help: ## show this list
	@echo "make site    builds the explainer in content/ into output/; open output/index.html"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## /  \1 \t/p' Makefile | expand -t 16

site: ## build the site in this folder into output/
	@$(RUNTIME)
	@$(VENV)/site-builder build $(ARGS)

serve: ## preview the site, and rebuild it on every change
	@$(RUNTIME)
	@$(VENV)/site-builder serve $(ARGS)

test: ## run the tests, after getting what they need (SYSTEM=0: without installing programs)
	@$(DEV)
	@$(VENV)/python -m tools.checkers
	@$(VENV)/python -m pytest -n $(WORKERS) --inline-snapshot=disable $(ARGS)

check: lint test ## the gate: format, lint, types, tests

lint: ## format, lint and types only
	@$(DEV)
	@$(VENV)/ruff format --check .
	@$(VENV)/ruff check .
	@$(VENV)/python -m mypy

format: ## format the code and fix what lint can fix
	@$(DEV)
	@$(VENV)/ruff format .
	@$(VENV)/ruff check --fix .

pins: ## rewrite tests/pins/; --against REV shows what differs
	@$(DEV)
	@$(VENV)/python -m tools.pins $(ARGS)

mutants: ## make small mistakes in the code, one at a time, and see whether tests notice
	@$(DEV)
	@$(VENV)/python -m tools.mutants $(ARGS)

fuzz: ## look a minute for inputs that break what always holds (ARGS="dates --seconds 600": one target, longer)
	@$(DEV)
	@$(VENV)/python -m tools.fuzz $(ARGS)

fuzz-bugs: ## make each bug in tools/fuzz_bugs/ in a copy, and see that 'make fuzz' finds it
	@$(DEV)
	@$(VENV)/python -m tools.fuzz --bugs $(ARGS)

bench: ## measure builds and compare with other generators (see bench-peers)
	@$(RUNTIME)
	@$(VENV)/python -m bench.run $(ARGS)

bench-peers: ## install the other generators into .cache/
	@$(RUNTIME)
	@$(VENV)/python -m bench.peers $(ARGS)

lock: ## pin the newest versions that pyproject.toml and package.json allow, with the hashes of their files (ARGS=--keep: only what is new)
	@python=$$(tools/find-python) && $$python tools/lock.py $(ARGS)
	@if command -v npm >/dev/null; then npm install --package-lock-only; else echo "no npm: package-lock.json stays"; fi

sbom: ## write the installed packages to sbom.json, in CycloneDX
	@$(DEV)
	@$(VENV)/python -m tools.sbom $(ARGS)

audit: ## compare the locked packages with advisories in the OSV format (ARGS=file, folder or zip)
	@$(DEV)
	@$(VENV)/python -m tools.audit $(ARGS)

clean: ## remove what these commands made: .venv, node_modules, caches, output/
	rm -rf .venv node_modules .cache dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find output -mindepth 1 ! -name .gitkeep -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
