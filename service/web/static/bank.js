// The bank's lines by the keyboard. All else works without this file: each key presses what stands on the page.
"use strict";

const bank = document.getElementById("bank");
const press = (id) => document.getElementById(id)?.click();

/** Opens what folds, and goes into its first field. */
function unfold(id) {
  const box = document.getElementById(id);
  if (!box) return;
  box.open = true;
  box.querySelector("input:not([type=hidden]), select").focus();
}

const KEYS = {
  j: () => press("next"),
  ArrowDown: () => press("next"),
  k: () => press("back"),
  ArrowUp: () => press("back"),
  u: () => press("undo"),
  s: () => unfold("split"),
  i: () => unfold("dismiss"),
  "/": () => document.getElementById("search").focus(),
};

// Only while the lines have the focus, and never in a field, where keys are letters; what Enter means for a button or a link stays as it is.
bank.addEventListener("keydown", (event) => {
  const field = event.target.closest("input, select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Escape") {
    document.getElementById("at-hand")?.focus();
    return;
  }
  if (field) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  const wanted = event.key === "Enter" ? "1" : event.key;
  const pick = /^[1-9]$/.test(wanted) ? bank.querySelector(`[data-pick="${wanted}"]`) : null;
  const act = pick ? () => pick.click() : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

(document.getElementById("at-hand") ?? bank).focus();
