// A comment is sent without leaving the article; without this the form works all the same.
"use strict";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-comment]") || form.dataset.plain) return;
  event.preventDefault();
  const told = new FormData(form, event.submitter);
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "X-Part": "form" },
      body: new URLSearchParams(told),
    });
    const next = answer.headers.get("Location");
    if (next) {
      location.assign(next);
      return;
    }
    const part = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = part.querySelector("form[data-comment]");
    if (!fresh) throw new Error("no form came back");
    form.replaceWith(fresh);
    const first = fresh.querySelector("[role=alert], textarea");
    first.focus();
    first.scrollIntoView({ block: "nearest" });
  } catch {
    // The network failed or the server did: the browser's own way shows which, and keeps the text.
    form.removeAttribute("aria-busy");
    form.dataset.plain = "1";
    form.requestSubmit(event.submitter);
  }
});
