// The customer's page: signing on the glass. Everything else on the page works without this file.
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
