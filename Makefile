# A thin menu: the work is in outils/. `make` alone prints this list.
PYTHON ?= python3
ENV := .env-tests
BIN := $(ENV)/bin
PYTEST := $(BIN)/python -m pytest -q
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command 'make verrous'
export PYTHON

.DEFAULT_GOAL := aide
.PHONY: aide demarrer tests systeme env-tests style types contrats unites navigateur postgres bench verrous

aide: ## affiche cette liste
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

demarrer: ## prépare Hygie, vérifie cet ordinateur et ouvre la page
	./hygie demarrer

tests: systeme env-tests ## passe tout : style, types, contrats, tests, navigateur, PostgreSQL
	outils/tests.sh

systeme: ## installe les paquets Debian dont les tests ont besoin
	@outils/systeme.sh

env-tests: $(ENV)/.pret ## prépare l'environnement de développement (.env-tests)

# The stamp is written last: an interrupted preparation starts again.
$(ENV)/.pret: requirements-dev.txt
	$(PYTHON) -m venv --clear $(ENV)
	$(BIN)/python -I -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements-dev.txt
	echo "$(CURDIR)/src" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/hygie-src.pth"
	touch $@

style: env-tests ## relit la forme du code et les fichiers tiers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/python outils/vendoriser.py verifier

types: env-tests ## vérifie les types
	$(BIN)/mypy

contrats: env-tests ## vérifie qui a le droit d'appeler qui
	$(BIN)/lint-imports

unites: env-tests ## passe les tests, sur SQLite
	$(PYTEST) -n 2 -m 'not navigateur'

navigateur: env-tests ## passe les tests des pages dans Chromium
	$(PYTEST) -m navigateur

postgres: env-tests ## passe les tests du serveur sur un PostgreSQL jetable
	outils/postgres.sh $(PYTEST) -n 2 -m 'not navigateur' tests/server

bench: env-tests ## mesure Hygie à côté de Lynis, sur cet ordinateur
	@outils/systeme.sh lynis
	$(BIN)/python bench/run.py

# All at their newest: make verrous MAJ=--upgrade
verrous: env-tests ## recalcule requirements.txt et requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(LOCK) $(MAJ) requirements.in -o requirements.txt
	$(LOCK) $(MAJ) requirements-dev.in -o requirements-dev.txt
