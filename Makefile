# What can be made here: `make help`. Needs make and a Python 3.11-3.13; the rest goes into .venv.
# Whoever has no make: `pip install .`, then `twin demo`.

.DEFAULT_GOAL := help
.PHONY: help demo test bench believe lint format lock clean

ARGS =
python = .venv/bin/python

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: ## forecast the PCB micro-factory: figures in the terminal, the floor in the browser
	@sh tools/setup run
	@.venv/bin/twin demo $(ARGS)

test: ## all tests, a headless browser included; ARGS="-k codec" for some
	@sh tools/setup dev
	@sh tools/viewer test
	@$(python) -m tests.chromium
	@$(python) -m pytest -n 2 $(ARGS)

bench: ## measure, and print the table of the README; ARGS=--write puts it there
	@sh tools/setup dev
	@$(python) -m tests.bench.table $(ARGS)

believe: ## compare the engine with what is known, and print the section; ARGS=--write puts it there
	@sh tools/setup dev
	@$(python) -m tests.believe $(ARGS)

lint: ## ruff, pyright, import contracts, and whether the committed viewer is what its sources make
	@sh tools/setup dev
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@$(python) -m pyright --pythonpath $(python)
	@.venv/bin/lint-imports --no-logo
	@sh tools/viewer check

format: ## mend what ruff can mend
	@sh tools/setup dev
	@$(python) -m ruff check --fix .
	@$(python) -m ruff format .

# One version of each package for all platforms, no address in the file, every download hashed.
# Over an existing lock nothing moves that need not: `make lock ARGS=--upgrade` takes newer ones.
compile = uv pip compile pyproject.toml --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet

lock: ## write the lock files anew from pyproject.toml (needs uv)
	$(compile) $(ARGS) --extra build -o requirements.lock
	$(compile) $(ARGS) --all-extras -c requirements.lock -o requirements-dev.lock
	echo 'OctoPrint==1.11.*' | $(subst pyproject.toml,-,$(compile)) $(ARGS) -o requirements-octoprint.lock

clean: ## remove .venv and what tools have cached here
	rm -rf .venv .venv-octoprint .pytest_cache .ruff_cache .hypothesis .benchmarks .import_linter_cache
	rm -rf twin/view/viewer/node_modules
