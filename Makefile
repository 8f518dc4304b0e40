# `make demo` runs the whole product on this machine; `make test` checks and tests everything.
VENV ?= .venv
BIN := $(VENV)/bin
export VENV
# the first interpreter that is new enough and really starts
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --no-build --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet
PYTEST := $(BIN)/python -m pytest

.PHONY: demo test check bench screenshots lock messages clean ready-demo ready-test

demo: ready-demo
	@exec $(BIN)/kuaichu demo $(ARGS)

test: ready-test
	@$(BIN)/python tools/run_tests.py $(ARGS)

check: ready-test
	@$(BIN)/python tools/checks.py

bench: ready-test
	@$(BIN)/kuaichu bench $(ARGS)

screenshots: ready-test
	@$(PYTEST) -m browser --screenshots $(ARGS)

# new versions: `make lock UPGRADE=--upgrade`
lock:
	@$(COMPILE) $(UPGRADE) --extra vision --extra test -o requirements/test.lock
	@$(COMPILE) --extra vision -c requirements/test.lock -o requirements/demo.lock

# take over new and changed texts: `make messages FRAGMENTS="a.po b.po"`
messages: ready-test
	@$(BIN)/python tools/messages.py update $(FRAGMENTS)

ready-demo ready-test:
	@test -n "$(PYTHON)" || { echo "Kuaichu needs Python 3.11 or later (on Debian: apt-get install python3 python3-pip python3-venv)." >&2; exit 1; }
	@$(PYTHON) tools/set_up.py $(@:ready-%=%)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache screenshots
	find kuaichu tests tools -name __pycache__ -prune -exec rm -rf {} +
	find kuaichu -name '*.mo' -delete
