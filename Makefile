# Two commands: `make release` builds the dataset, `make test` tests the project. Both set up .venv first.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
METADATA := .venv-metadata/.ready

.PHONY: setup test lint release clean lock
.DELETE_ON_ERROR:

setup: $(READY)

# The bootstrap environment holds nothing but a pinned, hashed uv; uv then fills .venv from the lock.
$(READY): requirements.lock .ci/bootstrap.txt pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(PYTHON) -m venv --clear .venv/bootstrap
	.venv/bootstrap/bin/python -m pip install --quiet --require-hashes -r .ci/bootstrap.txt
	.venv/bootstrap/bin/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	.venv/bootstrap/bin/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $(READY)

# The tools of the metadata standards pin much that the project does not: they have an environment of their own.
$(METADATA): tests/metadata/requirements.lock | $(READY)
	$(PYTHON) -m venv --clear .venv-metadata
	.venv/bootstrap/bin/uv pip sync --quiet --python .venv-metadata/bin/python --require-hashes $<
	touch $(METADATA)

test: $(READY) $(METADATA)
	$(BIN)/pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright

# The version is the first release that the changelog announces, newest first.
VERSION ?= $(shell sed -n 's/^## \([0-9][0-9.]*\).*/\1/p' CHANGELOG.md | head -n 1)

release: $(READY)
	$(BIN)/communique release $(VERSION)

lock: $(READY)
	.venv/bootstrap/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --extra dev --output-file requirements.lock pyproject.toml
	.venv/bootstrap/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --output-file tests/metadata/requirements.lock tests/metadata/requirements.in

clean:
	rm -rf build .venv .venv-metadata
