// The card of a figure also opens under a pointer that rests on its number; a press, a tap or a key
// opens it without this script.
const resting = matchMedia("(hover: hover) and (pointer: fine)");
const WAIT = 220;
let timer;
let rested; // the number whose card a pointer opened

function card(of) {
  return document.getElementById(of.getAttribute("popovertarget"));
}

function soon(act) {
  clearTimeout(timer);
  timer = setTimeout(act, WAIT);
}

document.addEventListener("pointerover", (event) => {
  if (!resting.matches || !("popover" in HTMLElement.prototype)) return;
  const number = event.target.closest(".fig");
  if (number) {
    soon(() => {
      if (card(number)?.matches(":popover-open")) return;
      card(number)?.showPopover({ source: number });
      rested = number;
    });
  } else if (event.target.closest(".card")) {
    clearTimeout(timer);
  } else if (rested) {
    // Only what a pointer opened goes with the pointer; what was pressed stays.
    soon(() => {
      if (rested && !card(rested).contains(document.activeElement)) card(rested).hidePopover();
      rested = undefined;
    });
  } else {
    clearTimeout(timer);
  }
});

// Pressing a number whose card is open already keeps it open.
document.addEventListener("click", (event) => {
  if (rested && event.target.closest(".fig") === rested && card(rested).matches(":popover-open")) {
    event.preventDefault();
    rested = undefined;
  }
});
