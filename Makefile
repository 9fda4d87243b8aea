# Needs Python 3.11 or newer and make; everything else is made here, in .venv, from hashed locks.
PYTHON = $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
WORKERS ?= 3
export PYTHONUNBUFFERED = 1
# Where bytecode isn't kept, each worker compiles all tests anew before its first one, and each process that they start the service.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo serve compose test check soak bench bench-plan conformance format lock run-environment dev-environment schema
.SILENT:

help:
	echo "make demo    the whole story on a believable company, at 127.0.0.1:8000   (PORT=8080, ARGS=--exit)"
	echo "make serve   your own company                                             (ARGS=…)"
	echo "make compose the same in containers, with secrets of its own in .env"
	echo "make test    all tests but the soaks; a browser is found or installed     (ARGS='tests/billing -x')"
	echo "make check   format, types, import order, SQL, spelling, locks"
	echo "make soak    every promise at its stated size; leave the machine alone meanwhile"
	echo "make bench   the figures of the README"
	echo "make bench-plan  plans beside those of PyVRP, VROOM and OR-Tools       (ARGS='FILE … --seconds 5,30', or SAYSO_ROUTING=<folder>)"
	echo "make conformance CASES=<file or folder>   what may be billed, case by case"
	echo "make format  puts the code in the one format;  make lock  makes the locks anew;  make schema  writes db/schema.sql"

demo: run-environment
	exec .venv/bin/sayso demo $(if $(PORT),--port $(PORT)) $(ARGS)

serve: run-environment
	exec .venv/bin/sayso serve $(if $(PORT),--port $(PORT)) $(ARGS)

compose:
	$(PYTHON) .ci/compose_env.py
	docker compose up --build $(ARGS)

test: dev-environment
	.venv/bin/python -m tests.web.browser
	.venv/bin/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

soak: dev-environment
	.venv/bin/python -m tests.web.browser
	$(if $(ARGS),,.venv/bin/python -m pytest -m "soak and not clocked" -n 2 --dist loadfile --no-loadscope-reorder)
	.venv/bin/python -m pytest -m "soak$(if $(ARGS),, and clocked)" $(ARGS)

bench: dev-environment
	.venv/bin/python -m tests.bench $(ARGS)

bench-plan: dev-environment
	.venv/bin/python -m tests.bench.plan $(ARGS)

conformance: dev-environment
	.venv/bin/python -m tests.conformance $(CASES) $(ARGS)

check: dev-environment
	.venv/bin/ruff check --quiet
	.venv/bin/ruff format --check --quiet || { echo "run: make format"; exit 1; }
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/squawk db/migrations/*.sql
	.venv/bin/codespell
	.venv/bin/check-jsonschema --quiet --builtin-schema vendor.compose-spec docker-compose.yml
	.venv/bin/python .ci/locks.py check
	echo "check: all held"

format: dev-environment
	.venv/bin/ruff check --fix --quiet
	.venv/bin/ruff format

schema: dev-environment
	.venv/bin/python -m tests.schema

lock: dev-environment
	.venv/bin/python .ci/locks.py write

run-environment dev-environment: %-environment:
	test -n "$(PYTHON)" || { echo "Sayso needs Python 3.11 or newer (python3) on the path."; exit 1; }
	$(PYTHON) .ci/environment.py $*
