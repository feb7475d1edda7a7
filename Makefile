# make run     opens the shell on the built-in graph
# make test    runs every test
# make bench   measures; FILTER="sort.*" measures only what the expression matches
# All install what is missing on a fresh machine with a Swift toolchain.

SWIFT ?= swift
FEATURES ?=
FILTER ?=
GRAPH ?= accsm
SOURCES = Sources Tests Package.swift Benchmarks/PlenaryBenchmarks Benchmarks/Package.swift

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
	cd Benchmarks && $(SWIFT) package benchmark --no-progress $(if $(FILTER),--filter "$(FILTER)")

# Coverage-guided fuzzing of each way into the code: see Tests/Fuzz/README.md.
FUZZ_SECONDS ?= 600
FUZZ_TARGETS ?= parser query csv
FUZZ_FLAGS = -c release --scratch-path .build/fuzz --product PlenaryFuzz -Xswiftc -sanitize=fuzzer,address
fuzz: export PLENARY_FUZZ = 1
fuzz:
	$(SWIFT) build $(FUZZ_FLAGS)
	@for target in $(FUZZ_TARGETS); do \
	  seeds=Tests/Fuzz/Seeds/$$target; [ -d $$seeds ] || seeds=Tests/Fuzz/Seeds/query; \
	  mkdir -p .build/fuzz-corpus/$$target; \
	  echo "$$target: $(FUZZ_SECONDS) s"; \
	  PLENARY_FUZZ_TARGET=$$target "$$($(SWIFT) build $(FUZZ_FLAGS) --show-bin-path)/PlenaryFuzz" \
	    -max_total_time=$(FUZZ_SECONDS) -timeout=2 -rss_limit_mb=4096 -max_len=2000 -print_final_stats=1 \
	    -dict=Tests/Fuzz/cypher.dict .build/fuzz-corpus/$$target $$seeds || exit 1; \
	done

format:
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

lint:
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

setup:
	@./Tools/install-libedit

clean:
	rm -rf .build
