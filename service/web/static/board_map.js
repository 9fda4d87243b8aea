// The map of the board: what has coordinates, drawn plainly; over pictures of a map where the setting names whose. Dragging and the wheel move it.
"use strict";

{
  const board = document.getElementById("board");
  const card = document.getElementById("map");
  const canvas = card.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const { tiles } = board.dataset;
  const SIZE = 256;
  const MOST_ZOOM = 18;
  const MOST_TILES = 400;
  const pictures = new Map();
  let centre = null; // in the world's square, from 0 to 1 (Web Mercator)
  let zoom = 10;
  let picked = null;
  let drawing = 0;

  /** Where something stands in the world's square. */
  const where = (text) => {
    const [latitude, longitude] = text.split(",").map((one) => Number(one) / 1e7);
    const radians = (Math.max(-85, Math.min(85, latitude)) * Math.PI) / 180;
    return { x: (longitude + 180) / 360, y: (1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2 };
  };
  const all = () => [...board.querySelectorAll("[data-at]")].map((thing) => ({ thing, ...where(thing.dataset.at) }));

  /** Shows all there is. */
  function fit(points) {
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    centre = { x: (left + right) / 2, y: (top + bottom) / 2 };
    const room = Math.min((canvas.clientWidth - 60) / Math.max(right - left, 1e-5), (canvas.clientHeight - 60) / Math.max(bottom - top, 1e-5));
    zoom = Math.max(2, Math.min(16, Math.log2(room / SIZE)));
  }

  function picture(z, x, y) {
    const address = tiles.replace("{z}", z).replace("{x}", x).replace("{y}", y);
    if (!pictures.has(address)) {
      if (pictures.size >= MOST_TILES) pictures.delete(pictures.keys().next().value);
      const image = new Image();
      image.referrerPolicy = "no-referrer";
      image.addEventListener("load", later);
      image.src = address;
      pictures.set(address, image);
    }
    return pictures.get(address);
  }

  function later() {
    if (!drawing) drawing = requestAnimationFrame(draw);
  }

  function draw() {
    drawing = 0;
    const points = all();
    card.hidden = points.length === 0;
    if (card.hidden) return;
    if (!centre) fit(points);
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    pen.scale(ratio, ratio);
    const scale = SIZE * 2 ** zoom;
    const on = ({ x, y }) => [(x - centre.x) * scale + width / 2, (y - centre.y) * scale + height / 2];
    if (tiles) {
      const z = Math.max(0, Math.min(MOST_ZOOM, Math.round(zoom)));
      const count = 2 ** z;
      const side = scale / count;
      for (let x = Math.floor((centre.x - width / 2 / scale) * count); x <= (centre.x + width / 2 / scale) * count; x++)
        for (let y = Math.max(0, Math.floor((centre.y - height / 2 / scale) * count)); y <= Math.min(count - 1, (centre.y + height / 2 / scale) * count); y++) {
          const image = picture(z, ((x % count) + count) % count, y);
          if (image.complete && image.naturalWidth) pen.drawImage(image, ...on({ x: x / count, y: y / count }), side + 0.5, side + 0.5);
        }
    }
    const style = getComputedStyle(board);
    const colour = (name) => style.getPropertyValue(name).trim();
    const row = picked?.closest(".round");
    if (row) {
      const stops = [row, ...row.querySelectorAll(".visit[data-at]")].filter((one) => one.dataset.at).map((one) => on(where(one.dataset.at)));
      pen.strokeStyle = colour("--act");
      pen.lineWidth = 2;
      pen.beginPath();
      for (const stop of stops) pen.lineTo(...stop);
      pen.stroke();
    }
    for (const { thing, ...point } of points) {
      const [x, y] = on(point);
      if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue;
      const mine = thing === picked || (row && thing.closest(".round") === row);
      const size = thing === picked ? 8 : mine ? 6 : 4;
      pen.fillStyle = colour(thing.matches(".round, .here") ? "--ink" : thing.matches(".waits, .late, .behind, .misplaced") ? "--no" : thing.matches(".completed") ? "--yes" : "--act");
      pen.strokeStyle = colour("--paper");
      pen.lineWidth = 1.5;
      pen.beginPath();
      if (thing.matches(".round")) pen.rect(x - size, y - size, 2 * size, 2 * size);
      else if (thing.matches(".here")) {
        pen.moveTo(x, y - size - 3);
        pen.lineTo(x + size + 1, y + size);
        pen.lineTo(x - size - 1, y + size);
        pen.closePath();
      } else pen.arc(x, y, size, 0, 2 * Math.PI);
      pen.fill();
      pen.stroke();
    }
  }

  let held = null;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    held = { x: event.clientX, y: event.clientY, centre };
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!held) return;
    const scale = SIZE * 2 ** zoom;
    centre = { x: held.centre.x - (event.clientX - held.x) / scale, y: held.centre.y - (event.clientY - held.y) / scale };
    later();
  });
  for (const end of ["pointerup", "pointercancel"])
    canvas.addEventListener(end, () => {
      held = null;
    });
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoom = Math.max(2, Math.min(MOST_ZOOM, zoom - Math.sign(event.deltaY) / 2));
      later();
    },
    { passive: false },
  );
  document.addEventListener("board-changed", later);
  document.addEventListener("board-picked", (event) => {
    picked = event.detail;
    later();
  });
  window.addEventListener("resize", later);
  card.hidden = false;
  later();
}
