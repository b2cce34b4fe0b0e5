# The commands of the README. `make` alone prints them.

CONFIGURATION ?= release
BIN = .build/$(CONFIGURATION)/mood-cli
VENV ?= .venv-fidelity

.PHONY: help install-libraries build run test check fidelity docs install clean

help:
	@echo "make run        install what is missing, build, recommend songs for a portrait"
	@echo "make test       install what is missing, build, run the tests"
	@echo "make fidelity   compare with Keras and Pillow (makes a Python environment, takes minutes)"
	@echo "make check      lints: formatting, the fence around unsafe code, the kernels' symbols"
	@echo "make docs       build the documentation"
	@echo "make install    copy mood-cli and its weights below PREFIX (default /usr/local)"

install-libraries:
	@scripts/install-libraries.sh

build: install-libraries
	swift build -c $(CONFIGURATION) --product mood-cli

run: build
	$(BIN) recommend Examples/grace_hopper.jpg

test: install-libraries
	swift test --disable-xctest

check: install-libraries
	scripts/check.sh

fidelity: build
	@test -x $(VENV)/bin/python || python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet -r Tests/Fidelity/requirements.txt
	$(VENV)/bin/python Tests/Fidelity/images.py --cli $(BIN)
	$(VENV)/bin/python Tests/Fixtures/make_image_fixtures.py --check
	$(VENV)/bin/python Tests/Fixtures/make_network_fixtures.py --check
	$(VENV)/bin/python Tests/Fidelity/fidelity.py $(FIDELITY)
	$(VENV)/bin/python Tests/Fidelity/classify.py --cli $(BIN)
	$(VENV)/bin/python Tests/Fidelity/explain.py --cli $(BIN)
	if [ -n "$(YUNET)" ]; then $(VENV)/bin/python Tests/Fidelity/faces.py --program $(BIN) $(YUNET); fi

docs: install-libraries
	scripts/build-docs.sh

PREFIX ?= /usr/local
install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/mood
	install $(BIN) $(DESTDIR)$(PREFIX)/bin/
	install -m 644 Weights/*.safetensors Weights/face.NOTICE Weights/face.LICENSE $(DESTDIR)$(PREFIX)/share/mood/

clean:
	rm -rf .build $(VENV)
