# What can be done here. `make help` reads the texts behind the double hashes.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export LANG := C.UTF-8
unexport PYTHONDONTWRITEBYTECODE  # a later start need not compile everything again

PYTHON := .venv/bin/python
OURS := models notifications flows webui kyodo
JOBS ?= 2

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1@\2/' | column -t -s @

.PHONY: run
run: export KYODO_ENV ?= development
run: ## Install what is missing and start everything; Ctrl-C stops it
	@sh kyodo/install.sh run
	@$(PYTHON) -m kyodo run

.PHONY: test
test: ## Install what tests need and run all of them
	@sh kyodo/install.sh test
	@$(PYTHON) -m kyodo translations
	@$(PYTHON) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder -m "not alone"; together=$$?; \
	$(PYTHON) -m pytest -m alone && exit $$together

.PHONY: check
check: check-format check-lint check-types check-imports check-migrations check-translations check-docs ## Everything that can be said without running the tests

.PHONY: tools
tools:
	@sh kyodo/install.sh tools

.PHONY: check-format check-lint check-types check-imports check-migrations check-translations check-docs
check-format: tools ## Is the code formatted?
	$(PYTHON) -m ruff format --check
check-lint: tools ## Does the linter object?
	$(PYTHON) -m ruff check
check-types: tools ## Do the types hold?
	$(PYTHON) -m mypy $(OURS)
check-imports: tools ## Do imports point one way?
	.venv/bin/lint-imports
check-migrations: tools ## Do the migrations say what the models say?
	$(PYTHON) -m kyodo upgrade --check
check-translations: tools ## Is every text of the pages there in English?
	$(PYTHON) -m kyodo translations --check
check-docs: tools ## Are the generated parts of the documentation current?
	$(PYTHON) -m kyodo docs --check

.PHONY: format
format: tools ## Format the code and repair what the linter can
	$(PYTHON) -m ruff format
	$(PYTHON) -m ruff check --fix

.PHONY: generate
generate: tools ## Write what is generated: documentation, and new texts into the English catalogue
	$(PYTHON) -m kyodo docs
	$(PYTHON) -m kyodo translations --update

.PHONY: requirements
requirements: tools ## Which requirement is proven by which test, and which is open
	@$(PYTHON) -m tests.support.requirements

.PHONY: bench
bench: tools ## Measure, side by side with bare code
	@sh kyodo/install.sh run
	$(PYTHON) -m bench

.PHONY: seed
seed: tools ## Plant the demonstration city where there is no data
	@KYODO_ENV=$${KYODO_ENV:-development} $(PYTHON) -m kyodo upgrade
	@KYODO_ENV=$${KYODO_ENV:-development} $(PYTHON) -m kyodo seed

.PHONY: lock
lock: ## Pin the dependencies anew
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --python-version 3.11 -o requirements.lock
