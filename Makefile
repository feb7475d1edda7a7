# make run     opens the shell on the built-in graph
# make test    runs every test
# make bench   measures; FILTER="sort.*" measures only what the expression matches
# All install what is missing on a fresh machine with a Swift toolchain.

SWIFT ?= swift
FEATURES ?=
FILTER ?=
GRAPH ?= accsm
SOURCES = Sources Tests Package.swift Benchmarks/PlenaryBenchmarks Benchmarks/Package.swift

.PHONY: run build test tck bench format lint fuzz sanitize setup clean

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

# Coverage-guided fuzzing of each way into the code: see Tests/Fuzz/README.md. FUZZ_SECONDS=keep keeps what was found.
FUZZ_SECONDS ?= 600
FUZZ_TARGETS ?= parser query csv jsonlines saved
FUZZ_FLAGS = -c release --scratch-path .build/fuzz --product PlenaryFuzz -Xswiftc -sanitize=fuzzer,address
fuzz: export PLENARY_FUZZ = 1
fuzz:
	$(SWIFT) build $(FUZZ_FLAGS)
	@for target in $(FUZZ_TARGETS); do \
	  echo "$$target: $(FUZZ_SECONDS) s"; \
	  Tools/fuzz "$$($(SWIFT) build $(FUZZ_FLAGS) --show-bin-path)/PlenaryFuzz" $$target $(FUZZ_SECONDS) || exit 1; \
	done

# Every test under the sanitizers that find misused memory and data races.
sanitize: setup
	LSAN_OPTIONS=suppressions=$(CURDIR)/Tests/leaks.txt:print_suppressions=0 \
	  $(SWIFT) test --sanitize=address --scratch-path .build/asan
	TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/races.txt \
	  $(SWIFT) test --sanitize=thread --scratch-path .build/tsan -Xswiftc -DPLENARY_THREAD_SANITIZER

format:
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

lint:
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

setup:
	@./Tools/install-libedit

clean:
	rm -rf .build
