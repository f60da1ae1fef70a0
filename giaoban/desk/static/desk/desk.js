// The desk's one script. Every page works without it: links lead on and forms are posted. It adds
// searching from anywhere (Ctrl K), moving in grids as in a spreadsheet, choosing rows, copying a
// table as numbers, dropping a file, and a guard against posting twice. Handlers sit on the
// document, so that what htmx brings in later is covered as well.
document.documentElement.classList.add("js");

const on = (type, selector, act) =>
  document.addEventListener(type, (event) => {
    const found = event.target.closest?.(selector);
    if (found) act(event, found);
  });

// Search everywhere: the dialog if it can be shown, else the link to the page.
const seek = document.getElementById("seek-all");
const openSeek = (event) => {
  if (!seek?.showModal) return;
  event.preventDefault();
  document.querySelector(".rail-body:popover-open")?.hidePopover();
  if (!seek.open) seek.showModal();
  seek.querySelector("input").select();
};
on("click", "[data-seek]", openSeek);
on("click", "[data-close]", (event, button) => button.closest("dialog").close());
seek?.addEventListener("click", (event) => event.target === seek && seek.close());
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") openSeek(event);
});
// Arrows go through what was found; from the first one up, back to the words.
seek?.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = [seek.querySelector("input"), ...seek.querySelectorAll(".hits a")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  if (next) { event.preventDefault(); next.focus(); }
});

seek?.addEventListener("htmx:afterSettle", () => {
  const said = document.getElementById("seek-said");
  said.textContent = `${seek.querySelectorAll(".hits a").length} ${said.dataset.words}`;
});

// Grids of fields (role=grid): arrows, Enter, Home and End move; what is pasted fills cells.
const gridField = "[role=grid] input";
const neighbour = (field, down, right) => {
  const cell = field.closest("td, th");
  const rows = [...cell.closest("[role=grid]").rows];
  for (let row = rows.indexOf(cell.parentElement), column = cell.cellIndex; ; ) {
    row += down; column += right;
    const there = rows[row]?.cells[column];
    if (!there) return null;
    const found = there.querySelector("input:not(:disabled)");
    if (found) return found;
  }
};
const put = (field, value) => {
  field.value = value;
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
};
on("keydown", gridField, (event, field) => {
  if (event.ctrlKey || event.metaKey || event.altKey || field.type === "checkbox") return;
  const atStart = field.selectionEnd === 0 || field.selectionEnd - field.selectionStart === field.value.length;
  const atEnd = field.selectionStart === field.value.length || atStart && field.selectionStart !== field.selectionEnd;
  const moves = { ArrowDown: [1, 0], ArrowUp: [-1, 0], Enter: [event.shiftKey ? -1 : 1, 0], ArrowLeft: atStart && [0, -1], ArrowRight: atEnd && [0, 1] };
  const move = moves[event.key];
  if (event.key === "Escape") return put(field, field.defaultValue);
  if (!move) return;
  event.preventDefault(); // Enter moves on; only the button records
  const next = neighbour(field, ...move);
  if (next) { next.focus(); next.select(); }
});
on("focusin", gridField, (event, field) => field.select?.());
on("paste", gridField, (event, field) => {
  const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
  if (!/[\t\n]/.test(text)) return;
  event.preventDefault();
  let row = field;
  for (const line of text.split(/\r?\n/)) {
    let cell = row;
    for (const value of line.split("\t")) {
      if (!cell) break;
      put(cell, value.trim());
      cell = neighbour(cell, 0, 1);
    }
    row = neighbour(row, 1, 0);
    if (!row) break;
  }
});
// The rest not yet given out: <output data-rest-of="grid id" data-whole="250">.
const whole = (text) => Number(text.replace(/[.\s\u00a0]/g, "").replace(",", ".")) || 0;
const written = (n) => (n < 0 ? "\u2212" : "") + String(Math.abs(n)).replace(/\B(?=(\d{3})+$)/g, ".");
on("input", gridField, (event, field) => {
  field.closest("td").classList.toggle("changed", field.value !== field.defaultValue);
  const grid = field.closest("[role=grid]");
  const rest = document.querySelector(`[data-rest-of="${grid.id}"]`);
  if (!rest) return;
  let left = Number(rest.dataset.whole);
  for (const one of grid.querySelectorAll("input[data-counts]")) left -= whole(one.value);
  rest.value = written(left);
  rest.parentElement.classList.toggle("over", left < 0);
});

// Rows to choose: all at once, from one to another with Shift; how many is said in [data-chosen].
let lastTick = null;
on("click", ".tick input", (event, box) => {
  const table = box.closest("table");
  const boxes = [...table.querySelectorAll("tbody .tick input:not(:disabled)")];
  if (box.closest("thead")) boxes.forEach((one) => { one.checked = box.checked; });
  else if (event.shiftKey && boxes.includes(lastTick)) {
    const [from, to] = [boxes.indexOf(lastTick), boxes.indexOf(box)].sort((a, b) => a - b);
    boxes.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
  }
  lastTick = box;
  const chosen = boxes.filter((one) => one.checked).length;
  const all = table.querySelector("thead .tick input");
  if (all) { all.checked = chosen === boxes.length; all.indeterminate = chosen > 0 && chosen < boxes.length; }
  for (const place of document.querySelectorAll(`[data-chosen="${table.id}"]`)) place.textContent = written(chosen);
});

// Copy a table for a spreadsheet: tabs between cells, 1.234,5 as 1234,5, "–" as nothing.
const plain = (cell) => {
  if (cell.dataset.value !== undefined) return cell.dataset.value;
  const copy = cell.cloneNode(true);
  copy.querySelectorAll("svg, .vh").forEach((part) => part.remove());
  const text = copy.textContent.replace(/\s+/g, " ").trim();
  if (!cell.classList.contains("num")) return text;
  return text === "\u2013" ? "" : text.replace(/\u2212/g, "-").replace(/^\+/, "").replace(/\.(?=\d{3})/g, "");
};
const say = (text) => {
  if (text) document.getElementById("notes")?.replaceChildren(Object.assign(document.createElement("div"), { className: "note", textContent: text }));
};
on("click", "[data-copy-table]", async (event, button) => {
  const rows = [...document.querySelector(button.dataset.copyTable).rows];
  const shown = (cell) => !cell.matches(".b, .wf, .tick") && cell.getClientRects().length;
  const text = rows.map((row) => [...row.cells].filter(shown).map(plain).join("\t")).join("\n");
  await navigator.clipboard.writeText(text);
  say(button.dataset.done);
});
on("click", "[data-copy-link]", async (event, link) => {
  if (!navigator.clipboard || !link.dataset.done) return;
  event.preventDefault();
  await navigator.clipboard.writeText(link.href);
  say(link.dataset.done);
});

// A file: say which one was taken, and show where it may be dropped.
on("change", ".drop input[type=file]", (event, input) => {
  const names = input.closest(".drop").querySelector("output");
  if (names) names.value = [...input.files].map((file) => file.name).join(", ");
});
for (const [type, over] of [["dragenter", true], ["dragleave", false], ["drop", false]])
  on(type, ".drop", (event, drop) => drop.classList.toggle("over", over));

// Posting twice (a double click, an impatient Enter) posts once; the back button frees the form.
on("submit", "form", (event, form) => {
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-disabled", "true");
});
const free = () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled=true]").forEach((button) => button.removeAttribute("aria-disabled"));
  }
};
addEventListener("pageshow", free);
document.addEventListener("htmx:afterRequest", free);

// What was refused, or opened beside, is read first.
const focusFirst = (root) => root.querySelector?.("[data-focus]")?.focus();
focusFirst(document);
document.addEventListener("htmx:afterSettle", (event) => focusFirst(event.target));
