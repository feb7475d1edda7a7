# make run     opens the shell on the built-in graph
# make test    runs every test
# Both install what is missing on a fresh machine with a Swift toolchain.

SWIFT ?= swift
FEATURES ?=
GRAPH ?= accsm

.PHONY: run build test tck bench format lint fuzz setup clean

run: build
	@exec "$$($(SWIFT) build -c release --product plenary --show-bin-path)/plenary" $(GRAPH)

build: setup
	$(SWIFT) build -c release --product plenary

test: setup
	$(SWIFT) test --parallel

tck: setup
	@test -n "$(FEATURES)" || { echo "usage: make tck FEATURES=DIR (a directory of openCypher TCK features)" >&2; exit 2; }
	$(SWIFT) run -c release PlenaryTCK --features "$(FEATURES)"

bench: setup
	cd Benchmarks && $(SWIFT) run -c release

format:
	$(SWIFT) format --in-place --parallel --recursive Sources Tests Package.swift

lint:
	$(SWIFT) format lint --strict --parallel --recursive Sources Tests Package.swift

setup:
	@./Tools/install-libedit

clean:
	rm -rf .build
