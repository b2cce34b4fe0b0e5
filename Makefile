# The commands of the README. `make` alone prints them.

CONFIGURATION ?= release
BIN = .build/$(CONFIGURATION)/mood-cli
SERVER = Server/.build/$(CONFIGURATION)/mood-server
VENV ?= .venv-fidelity

.PHONY: help install-libraries build build-server run serve test check long-check fidelity docs \
  install install-server clean

help:
	@echo "make run             install what is missing, build, recommend songs for a portrait"
	@echo "make serve           build the server and start the page at http://127.0.0.1:8080/"
	@echo "make test            install what is missing, build, run the tests"
	@echo "make check           lints: formatting, imports, unsafe code, the kernels' symbols, links"
	@echo "make fidelity        compare with Keras and Pillow (makes a Python environment, takes minutes)"
	@echo "make long-check      what takes longer than the gate may: all of fidelity, load, browser"
	@echo "make docs            build the documentation"
	@echo "make install         copy mood-cli and the weights below PREFIX (default /usr/local)"
	@echo "make install-server  copy mood-server there as well"

install-libraries:
	@scripts/install-libraries.sh

build: install-libraries
	swift build -c $(CONFIGURATION) --product mood-cli

build-server: install-libraries
	swift build -c $(CONFIGURATION) --package-path Server --product mood-server

run: build
	$(BIN) recommend Examples/grace_hopper.jpg

serve: build-server
	$(SERVER) serve

test: install-libraries
	swift test --disable-xctest
	swift test --disable-xctest --package-path Server

check: install-libraries
	scripts/check.sh

$(VENV)/bin/python: Tests/Fidelity/requirements.txt
	@test -x $@ || python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet -r $<
	@touch $@

fidelity: build $(VENV)/bin/python
	$(VENV)/bin/python Tests/Fidelity/images.py --cli $(BIN)
	$(VENV)/bin/python Tests/Fixtures/make_image_fixtures.py --check
	$(VENV)/bin/python Tests/Fixtures/make_network_fixtures.py --check
	$(VENV)/bin/python Tests/Fidelity/fidelity.py $(FIDELITY)
	$(VENV)/bin/python Tests/Fidelity/heads.py
	$(VENV)/bin/python Tests/Fidelity/exporting.py
	$(VENV)/bin/python Tests/Fidelity/classify.py --cli $(BIN)
	$(VENV)/bin/python Tests/Fidelity/explain.py --cli $(BIN)
	$(VENV)/bin/python Tests/Fidelity/answers.py --cli $(BIN)
	if [ -n "$(YUNET)" ]; then $(VENV)/bin/python Tests/Fidelity/faces.py --program $(BIN) $(YUNET); fi

long-check: fidelity build-server
	scripts/long-check.sh $(BIN) $(SERVER) $(VENV)/bin/python

docs: install-libraries
	scripts/build-docs.sh

PREFIX ?= /usr/local
install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/mood
	install -s $(BIN) $(DESTDIR)$(PREFIX)/bin/
	install -m 644 Weights/*.safetensors Weights/*.moodtext Weights/face.NOTICE Weights/face.LICENSE $(DESTDIR)$(PREFIX)/share/mood/

install-server: build-server install
	install -s $(SERVER) $(DESTDIR)$(PREFIX)/bin/

clean:
	rm -rf .build Server/.build Tests/Consumer/.build $(VENV)
