// Begins what stands as <template data-begin="ImageChooser" data-begin-id="…" data-begin-with="…">:
// the page itself may hold no script. Forms that are added later are begun as they come.
(() => {
  "use strict";

  const MAY = /^(?:init(?:Date|Time|DateTime)Chooser|[A-Z]\w*(?:Chooser|Panel))$/;

  const begin = (mark) => {
    const { begin: name, beginId: id, beginWith: options } = mark.dataset;
    mark.remove();
    if (!MAY.test(name) || typeof window[name] !== "function") {
      console.error(`Nothing to begin by the name ${name}`);
      return;
    }
    const told = id === undefined ? [JSON.parse(options)] : [id, JSON.parse(options)];
    if (name.startsWith("init")) window[name](...told);
    else new window[name](...told);
  };

  const below = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches("template[data-begin]")) begin(node);
    else node.querySelectorAll("template[data-begin]").forEach(begin);
  };

  document.addEventListener("DOMContentLoaded", () => {
    below(document.documentElement);
    new MutationObserver((changes) => {
      for (const change of changes) change.addedNodes.forEach(below);
    }).observe(document.documentElement, { childList: true, subtree: true });
  });
})();

// The server refuses a form that was opened on another version than the newest. An autosave makes
// its own form's version the newest, so the form is told of it; and a form sent while its autosave
// is under way waits until that has answered.
(() => {
  "use strict";

  const PATIENCE = 10000; // milliseconds; then the server decides
  const saving = new Set();
  const sent = new Set();

  const settled = (form) =>
    new Promise((done) => {
      const ended = (event) => {
        if (event && event.target !== form) return;
        document.removeEventListener("w-autosave:success", ended);
        document.removeEventListener("w-autosave:error", ended);
        window.clearTimeout(limit);
        done();
      };
      const limit = window.setTimeout(ended, PATIENCE);
      document.addEventListener("w-autosave:success", ended);
      document.addEventListener("w-autosave:error", ended);
    });

  const rest = (event) => saving.delete(event.target);

  const note = ({ target: form, detail: { data } }) => {
    for (const [field, known] of [
      ["loaded_revision_id", data.revision_id],
      ["loaded_revision_created_at", data.revision_created_at],
    ]) {
      const input = form.elements.namedItem(field);
      if (input && known) input.value = known;
    }
  };

  document.addEventListener("w-autosave:save", (event) => {
    if (sent.has(event.target)) event.preventDefault();
    else saving.add(event.target);
  });
  document.addEventListener("w-autosave:success", rest);
  document.addEventListener("w-autosave:success", note);
  document.addEventListener("w-autosave:error", rest);

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!saving.has(form)) {
        sent.add(form);
        // Somebody who is asked whether to leave the page, and stays, goes on being autosaved.
        window.setTimeout(() => sent.delete(form), PATIENCE);
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      const by = event.submitter;
      settled(form).then(() => {
        saving.delete(form);
        if (by) by.disabled = false; // a disabled button's name is not sent
        form.requestSubmit(by);
      });
    },
    true,
  );
})();

// Wagtail counts the words of all of <main>: prices, weather and comments are none of the article's.
(() => {
  "use strict";

  document.addEventListener("w-preview:ready", ({ target }) => {
    const { app } = window.wagtail;
    const preview = app.getControllerForElementAndIdentifier(target, "w-preview");
    preview.contentExtractorOptions = {
      targetElement: ".leaf article, main:not(:has(.leaf article))",
    };
  });
})();
