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
