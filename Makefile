# prescreen: `make` lists the targets. Nothing but python3 (3.11 or newer), make and a package registry is needed.
# The environment lives in .venv and is made once; it is made anew when the lock changes.

PYTHON ?= python3
UV ?= uv
DEMO_BATCH := sample_scans/cases
DEMO_RUN := demo_run
PYTEST_ARGS ?=

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
STAMP := .venv/.complete
# One of three distributions of the same cv2 must be laid on top: docs/adr/0002-one-opencv.md.
OPENCV := opencv-python-headless

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test check lint types imports docs docs-check format lock clean

help:
	@echo "make demo     screen the invented case files of sample_scans/ and name the page to open"
	@echo "make test     all tests (PYTEST_ARGS='-m \"not slow\"' leaves out OCR, batches and the browser)"
	@echo "make check    what CI asks before the tests: lint, types, import contracts, policy, generated docs"
	@echo "make format   format and mend what ruff can mend"
	@echo "make docs     write docs/rules.md and docs/problems.md anew"
	@echo "make lock     resolve the dependencies anew: uv.lock and requirements.txt (needs uv)"
	@echo "make clean    remove the environment, caches and the demo's run"

demo: $(STAMP)
	@$(BIN)/python -m pipeline run "$(DEMO_BATCH)" --out "$(DEMO_RUN)"

test: $(STAMP)
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

check: lint types imports docs-check
	@$(BIN)/python -m pytest -q -m "not slow" tests/policy

lint: $(STAMP)
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .

types: $(STAMP)
	@$(BIN)/python -m mypy

imports: $(STAMP)
	@$(BIN)/lint-imports

docs: $(STAMP)
	@$(BIN)/python docs/generate.py

docs-check: $(STAMP)
	@$(BIN)/python docs/generate.py --check

format: $(STAMP)
	@$(BIN)/python -m ruff check --fix .
	@$(BIN)/python -m ruff format .

lock:
	@$(UV) lock --upgrade
	@$(UV) export --frozen --quiet --no-emit-project --no-header --format requirements-txt --output-file requirements.txt

clean:
	@rm -rf .venv "$(DEMO_RUN)" .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# The same versions either way: uv from uv.lock, pip from requirements.txt, which is exported from it, with hashes.
# uv asks the addresses that the lock names; where only a mirror is reachable that fails, and pip, which asks the
# index that the machine is set up with, takes over.
$(STAMP): pyproject.toml uv.lock requirements.txt
	@rm -f $@
	@if command -v "$(UV)" >/dev/null 2>&1 && $(MAKE) --no-print-directory .uv-env; then :; \
	else $(MAKE) --no-print-directory .pip-env; fi
	@$(BIN)/python -c "import cv2; assert 'GUI:                           NONE' in cv2.getBuildInformation(), 'cv2 is not the headless build'"
	@touch $@

.PHONY: .uv-env .pip-env
.uv-env: export UV_PROJECT_ENVIRONMENT := .venv
.uv-env:
	@$(UV) sync --frozen --quiet --no-install-package $(OPENCV)
	@$(UV) sync --frozen --quiet --reinstall-package $(OPENCV)

.pip-env:
	@found=; for each in "$(PYTHON)" python3.13 python3.12 python3.11; do \
		if "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found="$$each"; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "prescreen needs Python 3.11 or newer: make PYTHON=/path/to/python3 …" >&2; exit 1; fi; \
	"$$found" -m venv .venv || { \
		echo "python3 could not make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --no-compile --no-deps -r requirements.txt
	@sed -n '/^$(OPENCV)==/,/[^\\]$$/p' requirements.txt > .venv/opencv.txt
	@$(BIN)/python -m pip install --quiet --no-deps --force-reinstall -r .venv/opencv.txt
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
