# Everything a person or CI runs. Needs make and Python 3.11 or newer; the rest is installed into .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: demo test check docs outputs wheel bench score release clean

demo: .venv/.ready
	$(BIN)/nlp-reform demo -o out/demo

test: .venv/.ready-dev
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore=tests/test_docs.py

check: .venv/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 tests/test_docs.py

# The pages, into out/docs; builds without the network, and a warning is an error.
docs: .venv/.ready-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --config-file scripts/docs/mkdocs.yml

# After a change of what is found: what the pages' snippets print, printed into the pages; read the diff.
outputs: .venv/.ready-dev
	$(BIN)/python scripts/docs/snippets.py --write README.md README.zh.md $$(git ls-files 'scripts/docs/*.md')

wheel: .venv/.ready-dev
	scripts/check_wheel.sh $(BIN)/python

bench: .venv/.ready-dev
	$(BIN)/python scripts/bench_process.py
	$(BIN)/python scripts/bench_throughput.py

score: .venv/.ready-dev
	$(BIN)/python scripts/score_corpus.py
	$(BIN)/python scripts/score_alignment.py

release: .venv/.ready-dev
	$(BIN)/python scripts/score_corpus.py --release

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.ready: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) --editable ".[fast]"
	$(BIN)/python -m compileall -q nlp_reform  # also where PYTHONDONTWRITEBYTECODE is set: a tenth of a cold start
	touch $@

.venv/.ready-dev: .venv/.ready
	$(PIP) --editable ".[dev]"
	touch $@

clean:
	rm -rf .venv out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
