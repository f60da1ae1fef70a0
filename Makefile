# Two commands: `make demo` and `make test`. The rest is for maintainers.
# `make demo` ends by serving the desk until Ctrl-C; SERVE=0 does not, PORT=8001 takes another port.

BIN := .venv/bin
WORKERS ?= auto
# Tests that share a folder's fixtures stay with one worker; one that has nothing left takes from
# the other's end.
AT_ONCE := -n $(WORKERS) --dist worksteal
EXAMPLES ?= 100
# What needs one processor runs beside the rest, each part's output in one piece where make can.
TWO := $(MAKE) --no-print-directory -j2 $(if $(filter output-sync,$(.FEATURES)),--output-sync)
# Tests of all doors at once; the others run with the settings of the door that they test.
HOUSE := tests/test_tidy.py tests/test_messages.py

.PHONY: help demo test search check types lint offices house bench bench-nation pin messages pictures clean clean-books

help:
	@echo "make demo    dựng môi trường, nạp dữ liệu minh họa, in báo cáo / set up, load, report"
	@echo "make test    dựng môi trường, chạy toàn bộ kiểm thử / set up, run every test"
	@echo "make search  tìm trường hợp ngẫu nhiên mới làm sai số liệu / look for new counterexamples"
	@echo "make bench   đo tốc độ / measure speed"
	@echo "make bench-nation   đo trên sổ cả nước giả lập / measure on the synthetic nation"
	@echo "make check   kiểm tra mã nguồn / check the source only"
	@echo "make clean   xóa .venv và bộ nhớ đệm, giữ sổ / remove .venv and caches, keep the books"
	@echo "make clean-books   xóa cả sổ trong var / remove the books in var, too"

demo:
	@tools/prepare run
	@$(BIN)/giaoban demo $(if $(filter 0,$(SERVE)),--no-serve,--serve) $(if $(PORT),--port $(PORT))

test:
	@tools/prepare dev
	@tools/browser
	@tools/office
	@tools/java
	@$(TWO) types lint offices house
	$(BIN)/pytest $(AT_ONCE) -q --ds giaoban.portal.settings tests/portal
	$(BIN)/pytest $(AT_ONCE) -q --ignore tests/portal $(HOUSE:%=--ignore %)

search:
	@tools/prepare dev
	EXAMPLES=$(EXAMPLES) $(BIN)/pytest -n $(WORKERS) -q --hypothesis-profile search tests/figures \
	    tests/ledger/test_random_histories.py

check:
	@tools/prepare dev
	@$(TWO) types lint

types:
	$(BIN)/mypy

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=giaoban.every_door $(BIN)/python -W ignore -m django makemigrations --check --dry-run

# Offices that many tests copy, made beforehand.
offices:
	$(BIN)/python -m tests.cli.ready

house:
	$(BIN)/pytest -q --ds giaoban.every_door $(HOUSE)

bench:
	@tools/prepare dev
	$(BIN)/python benchmarks/run.py

# The nation is built where it is not yet (the better part of an hour, 11 GB), then measured.
NATION ?= $(CURDIR)/var/nation

bench-nation:
	@tools/prepare dev
	@mkdir -p $(NATION)
	cd benchmarks && $(CURDIR)/$(BIN)/python -m nation.run --build --home $(NATION)/whole \
	    --small $(NATION)/tenth --files $(NATION)/ten-times --beside $(NATION)

messages:
	@tools/prepare dev
	$(BIN)/python tools/messages

pictures:
	@tools/prepare dev
	@tools/browser
	$(BIN)/python tools/pictures

pin:
	tools/pin

# The books, var/db and the reports, stay.
clean:
	rm -rf .venv .venv-failed var/test .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

clean-books:
	@echo "Xóa cả sổ, mọi bản in trong var/ / Removing the books and all that var/ holds:"
	@du -sh var 2>/dev/null || true
	rm -rf var
