# Everything a fresh machine needs: Python ≥ 3.11, git, make.
#   make demo    the whole job, offline, in under a minute after the install
#   make test    lint, types, layers, tests
#   make bench   speed beside its floor and python-frontmatter; LARGE=1 adds 100,000 notes
#   make bench-job    many articles at once: the job beside its floor, its own work, its memory
#   make bench-gate   precision and recall of the gate on planted defects, rule by rule
#   make bench-socratic   sessions played beside published tutors, the guard beside a hand, each check taken away
#   make bench-site   the pages: built, nothing changed, one article changed, beside Hugo and Python-Markdown
#   make test-browser the pages in Chromium, which it installs where it can
#   make bench-faults   bad files, kills, others who write at once; SHARE=0.01 makes a hundredth of each

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
WORKERS ?= 2

.PHONY: demo test lint types bench bench-gate bench-faults bench-job bench-site bench-socratic test-browser install clean

demo: $(VENV)/.installed
	@$(BIN)/wenqu demo

test: lint types
	$(BIN)/python -m pytest --numprocesses $(WORKERS)

lint: $(VENV)/.with-test
	$(BIN)/ruff check agent bench tests
	$(BIN)/ruff format --check agent bench tests

types: $(VENV)/.with-test
	$(BIN)/mypy

bench: $(VENV)/.installed
	@$(BIN)/python bench/speed.py $(if $(LARGE),--large)

bench-job: $(VENV)/.installed
	@$(BIN)/python bench/job.py

bench-site: $(VENV)/.with-bench
	@$(BIN)/python bench/pages.py

test-browser: $(VENV)/.with-test $(VENV)/.with-browser
	@command -v chromedriver >/dev/null || apt-get install --yes --quiet chromium chromium-driver fonts-noto-cjk \
	  || echo 'Install Chromium and its chromedriver; without them these tests are skipped.'
	$(BIN)/python -m pytest tests/browser -rs

bench-gate: $(VENV)/.with-test
	@PYTHONPATH=tests $(BIN)/python tests/gate_bench/bench_gate.py

bench-faults: $(VENV)/.installed
	@$(BIN)/python -m bench.faults

bench-socratic: $(VENV)/.with-test
	@$(BIN)/python -m bench.socratic.table

install: $(VENV)/.installed

# A current pip first: the console scripts of an old one start slowly.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.with-%: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[$*]'
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
