# Each target sets up what it needs, in .venv: nothing to install first but Python 3.11 or newer.
.DEFAULT_GOAL := help
.PHONY: help run test check words bench sbom audit

PYTHON := .venv/bin/python

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 14

run: ## Start the app and open it in the browser; PORT=8600 chooses the port
	@scripts/venv requirements.txt
	@$(PYTHON) -m procurement_risk run $(if $(PORT),--port $(PORT))

# The check of style and types goes on beside. What Python compiles of the tests is kept.
test: ## Check the code, then run every test, those in a browser too; ARGS='-k …' chooses
	@scripts/venv requirements-dev.txt
	@$(MAKE) --no-print-directory check & checking=$$!; \
	chromium=$$(scripts/chromium) && libreoffice=$$(scripts/libreoffice) && \
	$(PYTHON) -m compileall -q procurement_risk && \
	CHROMIUM=$$chromium LIBREOFFICE=$$libreoffice \
	HYPOTHESIS_STORAGE_DIRECTORY=.venv/cache/hypothesis PYTHONDONTWRITEBYTECODE= \
	scripts/postgresql $(PYTHON) -m pytest --numprocesses auto --maxprocesses 5 --dist worksteal $(ARGS); \
	tests=$$?; \
	wait $$checking || { echo "The code's style or types have faults: make check tells them." >&2; exit 1; }; \
	exit $$tests

check: ## Check the code's style and types
	@scripts/venv requirements-dev.txt
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

words: ## Renew the list of the app's words; ARGS=fr brings that translation up to it
	@scripts/venv requirements-dev.txt
	@$(PYTHON) -m scripts.words $(ARGS)

bench: ## Measure scoring, clicks, load, a department on PostgreSQL, portfolio, exchange, start and memory, and print a report; ARGS='clicks load' chooses, BENCHMARK_RUNS=1 measures one round of five
	@scripts/venv requirements-dev.txt
	@chromium=$$(scripts/chromium) && CHROMIUM=$$chromium scripts/postgresql $(PYTHON) -m benchmarks.run $(ARGS)

sbom: ## Write the list of parts as CycloneDX to sbom.json
	@scripts/venv requirements-dev.txt
	@$(PYTHON) -m scripts.sbom sbom.json

audit: ## Ask for known weaknesses of the packages; says where no service can be reached
	@scripts/venv requirements-dev.txt
	@scripts/audit
