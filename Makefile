# Every target works in a fresh clone; `make` alone lists them.
SHARED ?= ../shared
EVAL_TREE ?=
PREFIX ?= /usr/local
SAMPLE ?= refactor-and-contradiction
SWIFT_SOURCES = Package.swift Sources Tests

.DEFAULT_GOAL := help
.PHONY: help demo build test test-full bench bench-secrets bench-quality eval counts format lint install dependencies

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

dependencies:
	@bash scripts/dependencies.sh

demo: dependencies ## build, run the main job on a sample, show the memory it made
	@kairos=$$(bash scripts/build-release.sh) && bash scripts/demo.sh "$$kairos" $(SAMPLE)

build: dependencies ## the release binary
	@bash scripts/build-release.sh

test: dependencies ## build everything, run all tests
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build --parallel

test-full: lint test ## also: faults at every write point, long fuzzing, other orders and workers
	KAIROS_FULL=1 swift test --skip-build --filter "Poison|Fuzz|PlantedSecret|Leak"
	@kairos=$$(bash scripts/build-release.sh) && bash scripts/invariants.sh "$$kairos" \
	  && python3 scripts/faults.py "$$kairos"

bench: dependencies ## throughput and peak memory on transcripts
	@kairos=$$(bash scripts/build-release.sh) && SHARED=$(SHARED) bash scripts/bench.sh "$$kairos"

bench-secrets: dependencies ## secrets found and texts spared, beside other scanners; speed
	@swift build -c release --product SecretBench >&2 && python3 scripts/bench-secrets.py \
	  "$$(swift build -c release --product SecretBench --show-bin-path)/SecretBench" $(SHARED)

bench-quality: dependencies ## consolidation on data with a known truth, suite by suite
	@kairos=$$(bash scripts/build-release.sh) \
	  && SHARED=$(SHARED) bash scripts/bench-quality.sh "$$kairos"

eval: dependencies ## score against hand labels of a real project; EVAL_TREE=its tree
	@kairos=$$(bash scripts/build-release.sh) \
	  && SHARED=$(SHARED) EVAL_TREE=$(EVAL_TREE) bash scripts/eval.sh "$$kairos"

counts: dependencies ## compare what is read of ../shared/data with an independent count
	@kairos=$$(bash scripts/build-release.sh) && python3 scripts/counts.py "$$kairos" $(SHARED)/data

format: ## rewrite all Swift files in the project's format
	swift format --in-place --recursive --parallel $(SWIFT_SOURCES)

lint: ## say where a file is not in the project's format
	swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)

install: dependencies ## binary, manual pages, shell completions → PREFIX (default /usr/local)
	@kairos=$$(bash scripts/build-release.sh) \
	  && DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" bash scripts/install.sh "$$kairos"
