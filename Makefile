# make run    coach from the webcam (or the demo clip, where there is no camera or screen)
# make test   run the tests
# make lint   check style and types
# make docs   write the tables of docs/exercises.md and draw the signals anew
# make gallery  draw the pictures of docs/gallery.md anew (two minutes)
# make bench  measure speed and memory (minutes; leave the machine alone meanwhile)
#
# Each makes its own environment in .venv first. Variables: PYTHON (which Python makes it),
# ARGS (passed on, as in: make run ARGS="live heel_raises").

PYTHON ?= python3
VENV ?= .venv
ARGS ?=

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

# A process for each core; what runs in real time comes last, in one: see tests/conftest.py.
PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

RUN_STAMP := $(VENV)/.posecoach-installed
DEV_STAMP := $(VENV)/.posecoach-dev-installed

.DEFAULT_GOAL := help
.PHONY: help run test lint docs gallery bench clean

help:
	@sed -n 's/^# \{0,1\}//p;/^$$/q' Makefile

run: $(RUN_STAMP)
	@$(BIN)/posecoach $(ARGS)

test: $(DEV_STAMP)
	@$(BIN)/python -m pytest $(PARALLEL) $(ARGS)

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(DEV_STAMP)
	@$(BIN)/python tools/exercise_docs.py --pictures

gallery: $(DEV_STAMP)
	@$(BIN)/python tools/gallery.py

bench: $(DEV_STAMP)
	@$(BIN)/python -m pytest tests/bench -m bench $(ARGS)

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The stamps let a second run start at once; a change of pyproject.toml installs anew.
$(RUN_STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo 'posecoach needs Python 3.11 or newer; name one: make run PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo 'This Python cannot make environments; on Debian or Ubuntu: sudo apt-get install python3-venv' >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV)
	@echo 'Installing posecoach into $(VENV) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --editable .
	@said=$$($(BIN)/python -c 'import cv2' 2>&1) || { echo "$$said" | tail -n 1 >&2; \
	    echo 'OpenCV cannot start; on Debian or Ubuntu: sudo apt-get install libgl1 libegl1 libgles2 libglib2.0-0' >&2; exit 1; }
	@touch $@

$(DEV_STAMP): $(RUN_STAMP)
	@echo 'Installing the tools for tests and checks ...'
	@$(BIN)/python -m pip install --quiet --group dev
	@touch $@
