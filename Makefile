# `make help` lists what there is. Everything made stays in this folder, most of it in .venv.

VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# A folder made by `make wheelhouse` lets every target work without a network.
WHEELHOUSE ?=
PIP := $(BIN)/python -m pip
PIP_INSTALL := $(PIP) install --quiet --disable-pip-version-check --require-virtualenv
ifneq ($(WHEELHOUSE),)
PIP_INSTALL += --no-index --find-links "$(WHEELHOUSE)"
endif

# Qt and Python read Danish letters only in a UTF-8 locale; a bare shell has none.
ifeq ($(filter %.UTF-8 %.utf8 %.UTF8 %.utf-8,$(LC_ALL) $(LC_CTYPE) $(LANG)),)
export LC_ALL := C.UTF-8
endif
export PYTHONUTF8 := 1

OFFSCREEN := QT_QPA_PLATFORM=offscreen
PYTEST := $(OFFSCREEN) $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint format bench test-long faults wheel wheelhouse lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: $(VENV)/.run ## open the window (ARGS="open FILE" for more)
	@$(BIN)/python tools/display.py
	@$(BIN)/python tools/system_packages.py window
	@$(BIN)/runbook $(ARGS)

test: lint ## check everything, in under four minutes
	$(PYTEST)

lint: $(VENV)/.test ## style, types and who imports whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.test ## put the code into the project's format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.test ## print how fast we are beside the bare libraries
	$(PYTEST) tests/benchmarks -m bench -s

test-long: $(VENV)/.test ## every test, the slow ones and many more examples too
	$(PYTEST) -m "not bench" --hypothesis-profile=long

faults: $(VENV)/.test ## kill, cut and damage the journal, in the long form
	$(PYTEST) tests/faults -m "not bench"

wheel: $(VENV)/.run ## build the wheel into dist
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

wheelhouse: wheel ## gather all packages in a folder, for a machine without a network
	rm -rf wheelhouse
	$(PIP) download --quiet --require-hashes --dest wheelhouse -r requirements/run.txt
	$(PIP) download --quiet --require-hashes --dest wheelhouse -r requirements/build.txt
	$(PIP) download --quiet --require-hashes --dest wheelhouse -r requirements/test.txt
	cp dist/*.whl wheelhouse

lock: $(VENV)/.lock ## write the lock files again (ARGS=--upgrade for newer versions)
	$(VENV)/lock/bin/python tools/lock.py $(ARGS)

clean: ## remove what was built; .venv stays
	rm -rf build dist wheelhouse .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find runbook tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp is a step done; a step is done again when what it reads has changed.

$(VENV)/.made: tools/make_venv.sh
	@PYTHON="$(PYTHON)" sh tools/make_venv.sh $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements/build.txt requirements/run.txt pyproject.toml runbook/__init__.py
	@echo "Installing Runbook into $(VENV)"
	@$(PIP_INSTALL) --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt tools/system_packages.py
	@echo "Installing the test tools into $(VENV)"
	@$(PIP_INSTALL) --require-hashes -r requirements/test.txt
	@$(BIN)/python tools/system_packages.py offscreen
	@touch $@

$(VENV)/.lock: $(VENV)/.made requirements/lock.txt
	@$(BIN)/python -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip install --quiet --require-hashes -r requirements/lock.txt
	@touch $@
