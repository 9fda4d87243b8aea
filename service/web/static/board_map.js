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
  const AROUND_KM = 60; // what is further off is another region's
  const MOST_MIDDLES = 100;
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

  /** How far two places are from one another, in kilometres. */
  const far = (a, b) => (40_075 * Math.hypot(a.x - b.x, a.y - b.y)) / Math.cosh(Math.PI * (1 - 2 * a.y));

  /** Where most of the day's visits are: of two cities far from one another the one with more of them. */
  function densest() {
    const points = all();
    const visits = points.filter(({ thing }) => thing.matches(".visit"));
    if (!visits.length) return points;
    const step = Math.ceil(visits.length / MOST_MIDDLES);
    const around = (middle) => visits.filter((one) => far(middle, one) < AROUND_KM);
    return visits.filter((_, nth) => nth % step === 0).map(around).reduce((most, some) => (some.length > most.length ? some : most));
  }

  /** Shows all of these. */
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
    if (!centre) fit(densest());
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
    let visits = 0;
    for (const { thing, ...point } of points) {
      const [x, y] = on(point);
      if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue;
      visits += thing.matches(".visit");
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
    canvas.dataset.visits = visits;
  }

  /** Whether a place is on the map as it is shown. */
  function inSight({ x, y }) {
    const scale = SIZE * 2 ** zoom;
    return Math.abs(x - centre.x) * scale < canvas.clientWidth / 2 && Math.abs(y - centre.y) * scale < canvas.clientHeight / 2;
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
  document.getElementById("map-all").addEventListener("click", () => {
    fit(all());
    later();
  });
  document.addEventListener("board-changed", later);
  document.addEventListener("board-picked", (event) => {
    picked = event.detail;
    const row = picked?.closest(".round");
    if (centre && picked?.dataset.at && !inSight(where(picked.dataset.at))) fit([...(row?.querySelectorAll(".visit[data-at]") ?? [picked])].map(({ dataset }) => where(dataset.at)));
    later();
  });
  window.addEventListener("resize", later);
  card.hidden = false;
  later();
}
