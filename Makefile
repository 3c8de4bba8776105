# A thin menu: the work is in outils/. `make` alone prints this list.
PYTHON ?= python3
ENV := .env-tests
BIN := $(ENV)/bin

.DEFAULT_GOAL := aide
.PHONY: aide env-tests

aide: ## affiche cette liste
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

env-tests: $(ENV)/.pret ## prépare l'environnement de développement (.env-tests)

# The stamp is written last: an interrupted preparation starts again.
$(ENV)/.pret: requirements-dev.txt
	$(PYTHON) -m venv --clear $(ENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements-dev.txt
	echo "$(CURDIR)/src" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/hygie-src.pth"
	touch $@
