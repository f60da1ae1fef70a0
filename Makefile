# Two commands: `make demo` and `make test`. The rest is for maintainers.
# `make demo` ends by serving the desk until Ctrl-C; SERVE=0 does not, PORT=8001 takes another port.

BIN := .venv/bin
WORKERS ?= auto
EXAMPLES ?= 100
# Tests of all doors at once; the others run with the settings of the door that they test.
HOUSE := tests/test_tidy.py tests/test_messages.py

.PHONY: help demo test search check bench bench-nation pin messages pictures clean clean-books

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
	@$(MAKE) --no-print-directory check
	$(BIN)/pytest -n $(WORKERS) -q --ds giaoban.every_door $(HOUSE)
	$(BIN)/pytest -n $(WORKERS) -q --ds giaoban.portal.settings tests/portal
	$(BIN)/pytest -n $(WORKERS) -q --ignore tests/portal $(HOUSE:%=--ignore %)

search:
	@tools/prepare dev
	EXAMPLES=$(EXAMPLES) $(BIN)/pytest -n $(WORKERS) -q --hypothesis-profile search tests/figures \
	    tests/ledger/test_random_histories.py

check:
	@tools/prepare dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=giaoban.every_door $(BIN)/python -W ignore -m django makemigrations --check --dry-run

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
