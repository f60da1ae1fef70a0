// What Wagtail draws without a name is named for who hears the page: a field by the panel it stands
// in, a button's field by the button, a pop-up by what opens it.
(() => {
  "use strict";

  const FIELDS =
    "input:not([type=hidden]):not([type=submit]), textarea, select, [role=textbox][contenteditable]";

  const isNamed = (field) =>
    field.labels?.length ||
    ["aria-label", "aria-labelledby", "title"].some((by) => field.hasAttribute(by));

  const nameField = (field) => {
    if (isNamed(field)) return;
    const panel = field.closest("section[aria-labelledby]");
    const beside =
      field.parentElement.querySelector(":scope > button") ??
      field.closest(".w-field__wrapper")?.querySelector("label");
    const words = beside?.textContent.trim();
    if (panel) field.setAttribute("aria-labelledby", panel.getAttribute("aria-labelledby"));
    else if (words) field.setAttribute("aria-label", words);
  };

  // The palette of the editor of texts: what its button is called, it is called.
  const namePalette = (palette) => {
    const opens = document.querySelector(".Draftail-BlockToolbar__trigger");
    if (!opens || palette.hasAttribute("aria-label")) return;
    palette.setAttribute("aria-label", opens.getAttribute("aria-label"));
    const label = palette.querySelector("label:empty");
    if (label) label.textContent = opens.getAttribute("aria-label");
  };

  const nameDialog = (dialog) => {
    const head = dialog.querySelector("h1, h2");
    if (head && !dialog.hasAttribute("aria-label")) {
      dialog.setAttribute("aria-label", head.textContent.trim());
    }
  };

  const each = (node, selector, act) => {
    if (node.matches(selector)) act(node);
    node.querySelectorAll(selector).forEach(act);
  };

  const name = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    each(node, FIELDS, nameField);
    each(node, ".Draftail-Tooltip", namePalette);
    const dialog = node.closest(".modal[role=dialog]");
    if (dialog) nameDialog(dialog);
    // The report on workflows has a heading for a name that it isn't given.
    each(node, "td > h2:empty", (heading) => heading.remove());
    // A page of twenty paragraphs is not made of twenty landmarks.
    each(node, "section.w-panel--nested:not([role])", (panel) => panel.setAttribute("role", "group"));
  };

  document.addEventListener("DOMContentLoaded", () => {
    name(document.documentElement);
    if (!document.querySelector("h1")) {
      document.getElementById("header-title")?.setAttribute("aria-level", "1");
    }
    new MutationObserver((changes) => {
      for (const change of changes) change.addedNodes.forEach(name);
    }).observe(document.documentElement, { childList: true, subtree: true });
  });
})();
