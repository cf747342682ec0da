# Facet: set up, run, test. `make help` lists the targets.
#
# Each set-up step leaves a stamp and runs again only when what it depends on has changed, so a second `make run` goes
# straight to the window. Nothing is written outside this folder (and pip's cache); system packages come through apt.

.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help setup run test lint native-test python-test sanitizer-test thread-test arm-test translations package package-check screens clean

VENV := .venv
PY := $(VENV)/bin/python
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

SYSTEM := build/stamps/system
INSTALLED := $(VENV)/.facet-installed
LIBRARY := build/release/.facet-built
DEMO_MODEL := .models/gemma-3-270m/gemma-3-270m.sbs
TRANSLATED := $(wildcard resources/translations/*.ts)
COLLECT = -extensions py -tr-function-alias QT_TR_NOOP+=sentence,QT_TR_NOOP+=marked \
  -locations none -no-obsolete -sort-messages

NATIVE_SOURCES := $(shell find native -type f -name '[!.]*')
CXX_FILES = $(shell find native tests/native tests/fuzz tests/doubles -name '*.cc' -o -name '*.h' -o -name '*.c')
CTEST = ctest --output-on-failure --no-tests=error

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

run: setup ## set up if needed, then open the window
	@$(PY) -m app

setup: $(SYSTEM) $(INSTALLED) $(LIBRARY) $(TRANSLATED:.ts=.qm) $(DEMO_MODEL) ## everything into .venv, build/ and .models/

test: setup lint native-test python-test sanitizer-test thread-test arm-test ## set up, then every check and test

lint: setup ## ruff, mypy, import floors, clang-format
	@echo; echo "== Python: ruff, mypy, import floors"
	ruff check .
	ruff format --check .
	mypy
	lint-imports --no-cache
	@echo; echo "== C++: clang-format"
	clang-format --style=file:native/.clang-format --dry-run -Werror $(CXX_FILES)

native-test: setup ## ctest of the release build
	@echo; echo "== Native tests, release build"
	cmake --build build/release
	$(CTEST) --test-dir build/release

python-test: setup ## pytest: unit, GUI (offscreen), end to end, golden
	@echo; echo "== Python tests"
	@sh packaging/setup_screen_reader.sh || true
	$(PY) -m pytest

sanitizer-test: setup ## ctest under AddressSanitizer and UndefinedBehaviorSanitizer
	@echo; echo "== Native tests, AddressSanitizer and UndefinedBehaviorSanitizer (a second build of the library)"
	cd native && cmake --preset asan
	cmake --build build/asan
	$(CTEST) --test-dir build/asan

# ThreadSanitizer of GCC before 14 needs the address space where it expects it.
FIXED_ADDRESSES := $(shell setarch -R true 2>/dev/null && echo setarch -R)

thread-test: setup ## thread pool, cancel, two sessions at once, under ThreadSanitizer
	@echo; echo "== Native tests of threads, ThreadSanitizer (a third build, of what they need)"
	cd native && cmake --preset tsan
	cmake --build build/tsan --target thread_tests
	$(FIXED_ADDRESSES) $(CTEST) --test-dir build/tsan -L thread

arm-test: setup ## kernels and formats for 64-bit Arm, emulated, where Debian's packages for it can be had
	@echo; echo "== Native tests for 64-bit Arm: NEON kernels, formats (a cross build, emulated)"
	@if sh packaging/setup_arm.sh; then \
	  (cd native && cmake --preset aarch64) && cmake --build build/aarch64 --target arm_tests && \
	  $(CTEST) --test-dir build/aarch64 -L arm; fi

translations: $(INSTALLED) ## collect the texts of the sources into resources/translations/*.ts
	@pyside6-lupdate -silent $(COLLECT) app -ts $(TRANSLATED)

package: $(SYSTEM) ## what Linux users install, into build/package: a folder, a .deb, a tarball; no .venv needed
	@sh packaging/package.sh

package-check: ## the .deb tried as a user would: installed into a Debian of its own, asked, removed; as root
	@sh packaging/linux/check_installed.sh build/package/facet-gemma_*.deb .models build/package/check

$(SYSTEM): packaging/setup_system.sh packaging/setup_find_python.sh
	@sh packaging/setup_system.sh
	@mkdir -p $(@D) && touch $@

$(INSTALLED): pyproject.toml packaging/constraints.txt packaging/setup_python.sh | $(SYSTEM)
	@VENV=$(VENV) sh packaging/setup_python.sh
	@touch $@

$(LIBRARY): $(NATIVE_SOURCES) | $(INSTALLED)
	@echo; echo "== Building the native library (about a minute the first time)"
	@cd native && cmake --preset release
	@cmake --build build/release --target facet
	@touch $@

%.qm: %.ts | $(INSTALLED)
	@pyside6-lrelease -silent $< -qm $@

$(DEMO_MODEL): | $(INSTALLED)
	@echo; echo "== Making the demo model, Gemma 3 270M: unpacking 237 MB and converting it to .sbs"
	@$(PY) packaging/demo_model.py

screens: $(INSTALLED) ## draw every screen and keep the pictures that look different; look at each of them
	@$(PY) -m tests.screens.renew

clean: ## remove what the builds and tests made; keeps .venv and .models
	rm -rf build resources/translations/*.qm .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find app tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
