# 绩效仓库 / Jixiao. All that is needed is Python 3.11 and make; the network only for the first installation.
#
#   make nightly               samples into var/demo, then a night on them
#   make nightly INBOX=DIR     a night on the files of DIR, in var/home
#   make dev                   Dagster's pages (the same INBOX or HOME_DIR choose the home)
#   make test | lint | bench   the tests | the linters | the figures
#   make chaos                 faults in nights: how many of each kind are survived (CHAOS="--kills 50 --seed 2")
#   make bench-nation          a nation's year through a night (UNITS=… for fewer units), into benchmarks/latest.json
#   make bench-growth          nights over a thousand to a hundred thousand stored reports
#   make fuzz                  damaged files of every medium: none may break a reader
#   make scores                how well every medium is read, into docs/accuracy.md
#   make rules                 the page of the rules, into docs/rules.md
#   make queries               the questions of analysts with their answers, into docs/queries.md
#   make lock                  resolve the locks again (needs uv)
#   make clean                 remove what can be made again; var/ stays

PYTHON ?= python3.11
VENV := .venv
RUN := $(VENV)/bin/python
INBOX ?=
HOME_DIR ?= $(if $(strip $(INBOX)),var/home,var/demo)
TESTS ?= tests
WORKERS ?= 3
CHAOS ?=
UNITS ?= 38602

INSTALL := $(RUN) -m pip install --quiet --quiet --no-compile --disable-pip-version-check
# Compiled on all cores at once, which pip does not; some packages carry files that are not meant to compile, and tests
# that nobody runs.
define environment
@echo "正在安装（只此一次，需要几分钟）…  Installing, once only, some minutes …"
@$(INSTALL) --require-hashes --requirement $(1)
@$(INSTALL) --no-index --no-deps --no-build-isolation --editable .
@$(RUN) -m compileall -q -j 0 -x '/tests?/' $(VENV)/lib $(SOURCES) >/dev/null 2>&1 || true
endef
LOCK := uv pip compile pyproject.toml --quiet --python-version 3.11 --python-platform linux \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-strip-extras --no-header --upgrade --extra build
SOURCES := orchestration expectations transforms warehouse samples benchmarks

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: nightly dev test lint bench bench-nation bench-growth chaos fuzz scores rules queries lock clean

nightly: $(VENV)/runtime.stamp
	@mkdir -p "$(HOME_DIR)"
	@[ -n "$(strip $(INBOX))" ] || [ -d var/demo/inbox ] || $(RUN) -m orchestration.cli sample --out var/demo --defects
	@JIXIAO_HOME="$(HOME_DIR)" $(RUN) -m orchestration.cli nightly $(if $(strip $(INBOX)),--inbox "$(INBOX)") \
	  || { status=$$?; [ $$status -eq 3 ] || exit $$status; }

dev: $(VENV)/runtime.stamp
	@JIXIAO_HOME="$(HOME_DIR)" $(RUN) -m orchestration.service dev

test: $(VENV)/dev.stamp
	$(RUN) -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder $(TESTS)

lint: $(VENV)/dev.stamp
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(VENV)/bin/lint-imports

bench: $(VENV)/bench.stamp
	$(RUN) -m benchmarks

bench-nation: $(VENV)/runtime.stamp
	$(RUN) -m benchmarks.nation --units $(UNITS)

bench-growth: $(VENV)/runtime.stamp
	$(RUN) -m benchmarks.growth

chaos: $(VENV)/runtime.stamp
	$(RUN) -m benchmarks.chaos $(CHAOS)

fuzz: $(VENV)/runtime.stamp
	$(RUN) -m benchmarks.fuzzing

scores: $(VENV)/runtime.stamp
	$(RUN) -m benchmarks.accuracy

rules: $(VENV)/runtime.stamp
	$(RUN) -m expectations.rules_page

queries: $(VENV)/runtime.stamp
	$(RUN) -m orchestration.queries_page

lock:
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	$(LOCK) --extra bench --constraint requirements.lock --output-file benchmarks/requirements.lock

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
	find $(SOURCES) tests -type d -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@command -v "$(PYTHON)" >/dev/null 2>&1 && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
	  echo "需要 Python 3.11，而 $(PYTHON) 不是。请安装 Python 3.11，或指明它的位置：make PYTHON=/…/python3.11" >&2; \
	  echo "Python 3.11 is needed and $(PYTHON) is not it. Install it or name it: make PYTHON=/…/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "建不起虚拟环境：这个 Python 缺少 venv 模块（Debian 上是 python3.11-venv 包）" >&2; exit 1; }

$(VENV)/runtime.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(call environment,requirements.lock)
	@touch $@

# The lock of the tests holds all of the other.
$(VENV)/dev.stamp: requirements-dev.lock requirements.lock pyproject.toml | $(VENV)/bin/python
	$(call environment,requirements-dev.lock)
	@touch $(VENV)/runtime.stamp $@

$(VENV)/bench.stamp: benchmarks/requirements.lock $(VENV)/runtime.stamp
	@$(INSTALL) --require-hashes --requirement benchmarks/requirements.lock
	@touch $@
