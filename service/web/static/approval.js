// The customer's page: signing on the glass, and what the yeses come to so far. All else works without this file.
"use strict";

const APART = 4; // on a grid of 1000 by 400: enough for a hand, small enough to keep

/** Lets a finger draw in the box; what is sent is the points, strokes by ";" and points by spaces. */
function glass(box) {
  const canvas = box.querySelector("canvas");
  const field = box.querySelector("input");
  const pen = canvas.getContext("2d");
  let strokes = [];
  let drawing = false;

  const point = (event) => {
    const place = canvas.getBoundingClientRect();
    const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    return [
      within(((event.clientX - place.left) / place.width) * 1000, 1000),
      within(((event.clientY - place.top) / place.height) * 400, 400),
    ];
  };
  const keep = () => {
    field.value = strokes.map((stroke) => stroke.map((one) => one.join(",")).join(" ")).join(";");
  };
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    strokes.push([point(event)]);
    keep();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    const stroke = strokes.at(-1);
    const last = stroke.at(-1);
    const next = point(event);
    if (Math.hypot(next[0] - last[0], next[1] - last[1]) < APART) return;
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = 5;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...next);
    pen.stroke();
    stroke.push(next);
    keep();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      drawing = false;
    });
  }
  box.querySelector("button").addEventListener("click", () => {
    strokes = [];
    pen.clearRect(0, 0, canvas.width, canvas.height);
    keep();
  });
  box.hidden = false;
  box.parentElement.querySelector(".unscripted").remove(); // what the page says where this file didn't run
}

document.querySelectorAll(".glass").forEach(glass);

/** Keeps the sum of the yeses in sight: the tax once per rate, on the sum of its items, half up, as the invoice has it. */
function running(line) {
  const form = line.closest("form");
  const output = line.querySelector("output");
  const currency = form.dataset.currency;
  const format = new Intl.NumberFormat(document.documentElement.lang === "de" ? "de-DE" : "en-GB", { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits;

  const add = () => {
    const sums = new Map();
    for (const item of form.querySelectorAll("[data-amount]")) {
      if (item.querySelector("input[value=approved]").checked) {
        sums.set(item.dataset.rate, (sums.get(item.dataset.rate) ?? 0n) + BigInt(item.dataset.amount));
      }
    }
    let total = 0n;
    for (const [rate, sum] of sums) {
      total += sum;
      if (form.dataset.taxedOnTop === "yes") {
        const [top, bottom] = rate.split(" ")[1].split("/").map(BigInt);
        total += (2n * sum * top + bottom) / (2n * bottom);
      }
    }
    output.value = format.format(Number(total) / 10 ** digits);
  };
  form.addEventListener("change", add);
  add();
  line.hidden = false;
}

document.querySelectorAll(".running").forEach(running);
