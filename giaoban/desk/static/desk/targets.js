// The sheet of targets, beyond what every grid does (desk.js): what is left is counted again as one
// types; F2 edits within a number; Shift and arrows choose cells, which are copied as plain numbers
// and emptied together; a block with names or codes finds its rows by them.
(() => {
  const grid = document.querySelector("#sheet [role=grid]");
  if (!grid) return;
  const form = document.getElementById("sheet");
  const rows = [...grid.querySelectorAll("tr[data-unit]")];
  const fields = rows.map((row) => row.querySelector("input")).filter(Boolean);
  const written = (n) => (n < 0 ? "\u2212" : "") + String(Math.abs(n)).replace(/\B(?=(\d{3})+$)/g, ".");
  // null: empty; NaN: not a whole number, as the server will say.
  const read = (text) => {
    const told = text.replace(/[\s\u00a0]/g, "").replace("\u2212", "-");
    if (!told) return null;
    return /^-?(\d+|\d{1,3}(\.\d{3})+)$/.test(told) ? Number(told.replace(/\./g, "")) : NaN;
  };
  const number = (row) => {
    const field = row.querySelector("input");
    return field ? read(field.value) : read(row.dataset.now);
  };
  const bar = document.querySelector("[data-top]");
  const countAgain = () => {
    for (const row of rows) {
      const own = number(row), field = row.querySelector("input");
      let handed = "given" in row.dataset ? Number(row.dataset.below) : null;
      if ("opened" in row.dataset) {
        for (const one of rows) {
          if (one.dataset.above !== row.dataset.unit) continue;
          const n = number(one);
          if (n !== null) handed = (handed ?? 0) + (n || 0);
        }
      }
      const told = own !== null && (handed !== null || "opened" in row.dataset);
      const rest = (own || 0) - (handed ?? 0), over = told && rest < 0;
      const place = row.querySelector("[data-rest]");
      place.textContent = told ? written(rest) : "\u2013";
      place.parentElement.classList.toggle("over", over);
      place.parentElement.classList.toggle("dash", !told);
      place.parentElement.classList.toggle("none", !told);
      if (field) field.closest("td").dataset.value = own ?? "";
      if (row !== rows[0]) continue;
      bar.classList.toggle("over", over);
      const [main, word] = [bar.querySelector("[data-main]"), bar.querySelector("[data-word]")];
      const text = told ? written(Math.abs(rest)) : "\u2013";
      if (main.value !== text) main.value = text;
      word.textContent = over ? word.dataset.over : word.dataset.left;
      bar.querySelector("[data-handed]").textContent = written(handed ?? 0);
      bar.querySelector("[data-whole]").textContent = own === null ? "\u2013" : written(own || 0);
    }
  };
  const dirty = () => rows.some((row) => row.querySelector("input") && number(row) !== read(row.dataset.now));
  const put = (field, value) => {
    field.value = value;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  };

  // A run of chosen cells, from where Shift was pressed first.
  let anchor = null;
  const chosen = () => fields.filter((field) => field.closest("td").getAttribute("aria-selected") === "true");
  const choose = (from, to) => {
    const [low, high] = [fields.indexOf(from), fields.indexOf(to)].sort((a, b) => a - b);
    fields.forEach((field, at) => {
      const cell = field.closest("td");
      if (from && at >= low && at <= high) cell.setAttribute("aria-selected", "true");
      else cell.removeAttribute("aria-selected");
    });
  };
  const chooseNone = () => { anchor = null; choose(null, null); };

  grid.addEventListener("keydown", (event) => {
    const field = event.target;
    if (field.tagName !== "INPUT") return;
    if (event.key === "F2") {
      event.preventDefault();
      field.setSelectionRange(field.value.length, field.value.length);
      return;
    }
    // From cell to cell as in a spreadsheet; backwards, Tab also stops at the row's own links.
    const next = event.key === "Tab" && !event.shiftKey && fields[fields.indexOf(field) + 1];
    if (next) { event.preventDefault(); chooseNone(); next.focus(); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && event.shiftKey) {
      event.preventDefault(); event.stopPropagation();
      const there = fields[fields.indexOf(field) + step];
      anchor ??= field;
      if (there) { there.focus(); choose(anchor, there); }
      return;
    }
    const run = chosen();
    if (run.length > 1 && (event.key === "Delete" || event.key === "Backspace")) {
      event.preventDefault();
      run.forEach((one) => put(one, ""));
      return;
    }
    if (event.key === "Home" && event.ctrlKey || event.key === "End" && event.ctrlKey) {
      event.preventDefault(); event.stopPropagation();
      (event.key === "Home" ? fields[0] : fields.at(-1)).focus();
    }
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) chooseNone();
  }, true);
  grid.addEventListener("mousedown", chooseNone);

  const copied = (event, cut) => {
    const field = event.target;
    if (field.tagName !== "INPUT") return;
    const run = chosen(), part = field.selectionStart !== field.selectionEnd && field.selectionEnd - field.selectionStart < field.value.length;
    if (run.length < 2 && part) return;
    const those = run.length > 1 ? run : [field];
    const text = those.map((one) => { const n = read(one.value); return n === null ? "" : Number.isNaN(n) ? one.value : String(n); }).join("\n");
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    if (cut) those.forEach((one) => put(one, ""));
  };
  grid.addEventListener("copy", (event) => copied(event, false));
  grid.addEventListener("cut", (event) => copied(event, true));

  // A block: rows are found by the name or code in its first column, else taken in order; the
  // number is the last column that holds one.
  const fold = (text) => text.trim().normalize("NFC").toLowerCase();
  const named = new Map();
  for (const row of rows) {
    const field = row.querySelector("input");
    if (!field) continue;
    named.set(fold(row.dataset.code), field);
    const name = row.querySelector("th").cloneNode(true);
    name.querySelectorAll(".vh, svg").forEach((part) => part.remove());
    named.set(fold(name.textContent), field);
  }
  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain").replace(/[\r\n]+$/, "");
    if (event.target.tagName !== "INPUT" || !/[\t\n]/.test(text)) return;
    event.preventDefault(); event.stopPropagation();
    let at = fields.indexOf(event.target);
    for (const line of text.split(/\r?\n/)) {
      const cells = line.split("\t").map((cell) => cell.trim());
      const byName = cells.map(fold).map((cell) => named.get(cell)).find(Boolean);
      const numbers = cells.filter((cell) => cell && !Number.isNaN(read(cell)));
      const value = cells.length > 1 ? numbers.at(-1) : cells[0];
      if (byName) { if (value !== undefined) put(byName, value); }
      else if (cells.length > 1 && value === undefined) continue; // a row of heads
      else if (at < fields.length) put(fields[at++], value);
    }
  }, true);

  form.addEventListener("input", countAgain);
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  addEventListener("pageshow", () => { leaving = false; countAgain(); });
  addEventListener("beforeunload", (event) => { if (!leaving && dirty()) event.preventDefault(); });
})();
