# Each target sets up what is missing first. Options go in O: make serve O="--port 9000".
PYTHON ?= python3
O ?=

.PHONY: serve test bench format
serve test bench format:
	@$(PYTHON) .tools/run.py $@ $(O)
