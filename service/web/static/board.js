// The board: rows of time, picking up and putting down, and what happens elsewhere. What may go where is the service's answer; nothing is judged here.
"use strict";

const board = document.getElementById("board");
const { on, zone, after } = board.dataset;
const DAY = { from: Number(board.dataset.from), until: Number(board.dataset.until) };
const AHEAD = Date.now() / 1000 - Number(board.dataset.now); // of the service's clock
const MAY = board.dataset.may === "write";
const STEP = 300; // seconds between the starts to choose from
const NEAR = 450; // seconds from which an edge of what fits draws
const FAR = 4; // pixels after which a press is a drag
const SOON_MS = 100; // changes of one moment are asked for at once
const MINUTE_MS = 60_000;
const MOST_ROWS = 50;
const EDGE = 48; // pixels from the rim, where a drag scrolls

const by = (id) => document.getElementById(id);
const list = (id) => Object.fromEntries([...by(id).querySelectorAll("dt")].map((term) => [term.textContent, term.nextElementSibling.textContent]));
const why = list("why");
const words = list("words");
/** A sentence with its places filled, one after another, by what is taken as it stands. */
const fill = (text, ...values) => text.split("{}").reduce((so, rest, nth) => `${so}${values[nth - 1]}${rest}`);
const refusal = (code) => why[code] ?? why[""];
const grid = by("grid");
const sheet = by("sheet");
const ghost = by("ghost");
const note = by("note");
const now = () => Date.now() / 1000 - AHEAD;

const LANGUAGE = document.documentElement.lang === "de" ? "de-DE" : "en-GB";
const formats = new Map();
/** The wall time of an instant. */
function clock(seconds, where = zone) {
  if (!formats.has(where)) formats.set(where, new Intl.DateTimeFormat(LANGUAGE, { hour: "2-digit", minute: "2-digit", timeZone: where }));
  return formats.get(where).format(seconds * 1000);
}

// ---- rows of time

let view = { from: DAY.from, until: DAY.until };

/** What of the day is shown: whole hours around shifts and visits, eight at least. */
function look() {
  let first = Infinity;
  let last = -Infinity;
  for (const one of board.querySelectorAll(".shift, .visit")) {
    first = Math.min(first, one.dataset.f);
    last = Math.max(last, one.dataset.u);
  }
  if (first > last) [first, last] = [DAY.from + 8 * 3600, DAY.from + 16 * 3600];
  const whole = (at, round) => DAY.from + round((at - DAY.from) / 3600) * 3600;
  const from = Math.max(DAY.from, whole(first, Math.floor));
  const until = Math.min(DAY.until, Math.max(whole(last, Math.ceil), from + 8 * 3600));
  const changed = from !== view.from || until !== view.until;
  view = { from, until };
  board.style.setProperty("--hours", (until - from) / 3600);
  return changed;
}

const share = (seconds) => `${(100 * seconds) / (view.until - view.from)}%`;

/** Puts what has a time where it belongs. */
function place(root) {
  for (const one of root.querySelectorAll("[data-f]")) {
    const f = Number(one.dataset.f);
    one.style.left = share(f - view.from);
    if (one.dataset.u) one.style.width = share(one.dataset.u - f);
    else one.hidden = f < view.from || f >= view.until;
    const told = one.lastElementChild;
    if (told?.className === "told") told.style.width = `calc(${(100 * (one.dataset.told - f)) / (one.dataset.u - f)}% + .25rem)`;
  }
}

/** Makes a row's visits what the keys go through. */
function tame(root) {
  for (const one of root.querySelectorAll(".visit, .waits")) {
    one.tabIndex = -1;
    one.draggable = false;
    if (MAY) one.setAttribute("role", "button");
  }
  for (const kind of ["visit", "waits"]) {
    if (!stops[kind]?.isConnected) stops[kind] = board.querySelector(`.${kind}`);
    stops[kind]?.setAttribute("tabindex", "0");
  }
}

let rows = [];
let geometry = null;
/** Where the rows are on the screen; they are of one height. */
function measure() {
  const lane = by("rows").querySelector(".lane");
  if (!lane) return null;
  const box = grid.getBoundingClientRect();
  const first = rows[0].getBoundingClientRect();
  const inside = lane.getBoundingClientRect();
  const whole = sheet.getBoundingClientRect();
  geometry = { box, height: first.height, top: first.top - whole.top, left: inside.left - whole.left, width: inside.width };
  return geometry;
}

/** How far from the left of the sheet an instant is. */
const across = (at) => geometry.left + (geometry.width * (at - view.from)) / (view.until - view.from);

function line() {
  const mark = by("now");
  const at = now();
  mark.hidden = at < view.from || at >= view.until || rows.length === 0;
  if (!mark.hidden && measure()) mark.style.left = `${across(at)}px`;
}

/** Today opens with the last hours and those that come, not with the night before. */
function openAtNow() {
  if (by("now").hidden || !geometry) return;
  grid.scrollLeft = parseFloat(by("now").style.left) - geometry.left - (grid.clientWidth - geometry.left) / 3;
}

// ---- going through visits and jobs

let here = null;
const stops = { visit: null, waits: null };
const things = () => [...board.querySelectorAll(".visit, .waits")];

/** Tab reaches one visit and one job, arrows the others. */
function reach(thing, { focus = true } = {}) {
  here = thing;
  if (!thing) return;
  const kind = thing.classList[0];
  stops[kind]?.setAttribute("tabindex", "-1");
  stops[kind] = thing;
  thing.tabIndex = 0;
  if (focus) thing.focus({ preventScroll: false });
}

function tell(thing) {
  const card = by("picked");
  card.hidden = !thing;
  if (!thing) return;
  const visit = thing.matches(".visit");
  by("picked-h").textContent = visit ? thing.querySelector(".in").textContent : thing.dataset.name;
  by("picked-more").textContent = (visit ? thing.querySelector(".more").textContent : thing.querySelector(".soft").innerText).trim();
  by("picked-customer").href = thing.href;
  if (MAY) {
    const held = thing.dataset.state === "held";
    by("carry").hidden = held;
    by("book-hold").hidden = by("let-go").hidden = !held;
  }
  document.dispatchEvent(new CustomEvent("board-picked", { detail: thing }));
}

board.addEventListener("focusin", (event) => {
  const thing = event.target.closest(".visit, .waits");
  if (!thing) return;
  if (thing !== here) reach(thing, { focus: false });
  tell(thing);
  if (getComputedStyle(by("picked")).position === "sticky") thing.scrollIntoView({ block: "nearest", inline: "nearest" }); // else it lies under what is said of it
});

const nearestFirst = (all, at, time = (one) => one) => all.sort((a, b) => Math.abs(time(a) - at) - Math.abs(time(b) - at));
const middle = (one) => (Number(one.dataset.f) + Number(one.dataset.u)) / 2;

/** The thing in that direction. */
function beside(thing, key) {
  if (thing.matches(".waits")) {
    const all = [...by("unassigned").querySelectorAll(".waits")];
    const at = all.indexOf(thing) + (key === "ArrowDown" || key === "ArrowRight" ? 1 : -1);
    return all[at];
  }
  const row = thing.closest(".round");
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const all = [...row.querySelectorAll(".visit")];
    return all[all.indexOf(thing) + (key === "ArrowRight" ? 1 : -1)];
  }
  const step = key === "ArrowDown" ? 1 : -1;
  for (let at = rows.indexOf(row) + step; rows[at]; at += step) {
    const [found] = nearestFirst([...rows[at].querySelectorAll(".visit")], middle(thing), middle);
    if (found) return found;
  }
  return undefined;
}

// ---- carrying

let carry = null;

function pick(thing, { dragged = false, grip = 0 } = {}) {
  const visit = thing.matches(".visit") ? thing.dataset.visit : null;
  const row = visit ? thing.closest(".round") : rows[0];
  if (!row || thing.dataset.state === "held") return false;
  if (thing.dataset.along) {
    announce(words.along);
    return false;
  }
  const f = visit ? Number(thing.dataset.f) : Math.min(Math.ceil(Math.max(now(), view.from) / STEP) * STEP, view.until - STEP);
  carry = {
    thing, visit, job: thing.dataset.job ?? null, name: thing.dataset.name, zone: thing.dataset.zone, dragged, grip,
    takes: visit ? thing.dataset.u - f : Number(thing.dataset.takes), parts: visit ? 1 : Math.min(31, Number(thing.dataset.lacks)), also: [],
    from: visit ? { row: row.dataset.row, f } : null, told: thing.dataset.told ? Number(thing.dataset.told) : null,
    row, at: f, places: null, refused: null, dropped: false,
  };
  thing.classList.add("carried");
  if (MAY && thing.matches("[role=button]")) thing.setAttribute("aria-pressed", "true");
  board.classList.add("carrying");
  ghost.hidden = false;
  measure();
  ask();
  show();
  if (!dragged) announce(`${words.picked_up} ${said()}`);
  return true;
}

/** What the service would answer, everywhere on this day. */
async function ask() {
  const mine = carry;
  const what = mine.visit ? `visit=${mine.visit}` : `job=${mine.job}`;
  const answer = await fetch(`/app/board/places?on=${on}&${what}`).catch(() => null);
  if (carry !== mine) return;
  if (!answer?.ok) return putBack(words.failed);
  const told = await answer.json();
  if (carry !== mine) return;
  const second = (text, round) => round(Date.parse(text) / 1000);
  mine.refused = told.refused;
  mine.arrives = told.arrival_minutes * 60;
  mine.others = mine.job ? told.crew_size - 1 : 0;
  mine.places = new Map(told.technicians.map((one) => [one.technician_id, one.places.map(({ from, until, code }) => ({ f: second(from, Math.ceil), u: second(until, Math.floor), code }))]));
  if (mine.job) mine.takes = told.duration_minutes * 60;
  bands();
  show();
  if (mine.dropped) {
    mine.dropped = false;
    return drop();
  }
  if (!mine.dragged) announce(said());
}

/** Shows in each row where it fits. */
function bands() {
  for (const one of board.querySelectorAll(".fit")) one.remove();
  if (!carry || carry.refused) return;
  for (const row of rows) {
    const lane = row.querySelector(".lane");
    for (const { f, u } of fitting(row)) {
      const band = document.createElement("span");
      band.className = "fit";
      band.style.left = share(f - view.from);
      band.style.width = share(u + carry.takes - f);
      lane.append(band);
    }
  }
}

/** When it fits there, as far as the service has answered. */
const fitting = (row) => (carry.places?.get(row.dataset.row) ?? []).filter(({ code }) => code === null);

/** Null where it fits, a code where it doesn't, nothing before the service has answered. */
function verdict(row, at) {
  if (!carry.places) return undefined;
  if (carry.refused) return carry.refused;
  const spans = carry.places.get(row.dataset.row) ?? [];
  if (spans.some(({ f, u, code }) => code === null && f <= at && at <= u)) return null;
  return spans.find(({ f, u }) => f <= at && at <= u)?.code ?? "TECHNICIAN_UNKNOWN";
}

/** The start that is meant: every five minutes, or the edge of what fits. */
function meant(row, at) {
  const fits = fitting(row);
  const edges = fits.flatMap(({ f, u }) => [Math.ceil(f / 60) * 60, Math.floor(u / 60) * 60]);
  const stepped = Math.round(at / STEP) * STEP;
  if (fits.some(({ f, u }) => f <= stepped && stepped <= u)) return stepped;
  return nearestFirst(edges, at).find((edge) => Math.abs(edge - at) <= NEAR) ?? stepped;
}

const inside = (at) => Math.max(DAY.from, Math.min(DAY.until - 60, at));
const said = () => {
  const code = verdict(carry.row, carry.at);
  return `${carry.row.dataset.name}, ${clock(carry.at, carry.zone)}–${clock(carry.at + carry.takes, carry.zone)}: ${code === undefined ? words.asking : code === null ? words.fits : refusal(code)}`;
};

function show() {
  const code = verdict(carry.row, carry.at);
  const { width, top, height } = geometry;
  ghost.style.width = `${Math.max(24, (width * carry.takes) / (view.until - view.from))}px`;
  ghost.style.transform = `translate(${across(carry.at)}px, ${top + rows.indexOf(carry.row) * height + 2}px)`;
  ghost.className = code === null ? "fits" : code ? "unfit" : "";
  ghost.firstElementChild.textContent = `${clock(carry.at, carry.zone)} ${carry.name}`;
  ghost.lastElementChild.textContent = code === undefined ? words.asking : code === null ? words.fits : refusal(code);
  board.classList.toggle("unfit", Boolean(code));
}

/** Under the pointer: which row, which start. */
function point(x, y) {
  const box = grid.getBoundingClientRect();
  const along = x - box.left + grid.scrollLeft - grid.clientLeft - geometry.left;
  const down = y - box.top + grid.scrollTop - grid.clientTop - geometry.top;
  const row = rows[Math.max(0, Math.min(rows.length - 1, Math.floor(down / geometry.height)))];
  const at = view.from + ((view.until - view.from) * along) / geometry.width - carry.grip;
  carry.row = row;
  carry.at = inside(meant(row, at));
}

function lay() {
  carry.thing.classList.remove("carried");
  if (carry.thing.matches("[role=button]")) carry.thing.removeAttribute("aria-pressed");
  board.classList.remove("carrying", "unfit");
  ghost.hidden = true;
  const laid = carry;
  carry = null;
  bands();
  return laid;
}

function putBack(text) {
  const { thing } = lay();
  announce(text);
  if (thing.isConnected) reach(thing);
}

/** Puts down what is carried, or says why it can't be and where it could. */
function drop() {
  const code = verdict(carry.row, carry.at);
  if (carry.from && carry.from.row === carry.row.dataset.row && carry.from.f === carry.at) return putBack(words.put_back);
  if (code === undefined) {
    carry.dropped = carry.dragged;
    return announce(words.asking);
  }
  if (code === null) return carry.others ? choose() : confirm();
  const [next] = nearestFirst(fitting(carry.row).flatMap(({ f, u }) => [f, u]), carry.at);
  const text = `${said()}${next === undefined ? "" : ` ${words.nearest} ${clock(next, carry.zone)}.`}`;
  if (carry.dragged) putBack(text);
  else announce(text);
}

/** Asks who could go along, the nearest chosen, before it asks how. */
async function choose() {
  const mine = carry;
  const { job, row, at, others } = carry;
  const answer = await fetch(`/app/board/along?job=${job}&technician=${row.dataset.row}&at=${at}`).catch(() => null);
  const free = answer?.ok ? await answer.json() : null;
  if (carry !== mine || mine.row.dataset.row !== row.dataset.row || mine.at !== at) return; // its row may have come anew meanwhile
  if (!free) return putBack(words.failed);
  const list = by("ask-crew");
  list.querySelectorAll("label").forEach((one) => one.remove());
  for (const [nth, { id, name }] of free.entries()) {
    const label = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", value: id, checked: nth < others });
    label.append(box, ` ${name}`);
    list.append(label);
  }
  confirm();
}

const asking = by("ask");
/** Asks how, since moving keeps or breaks a promise. */
function confirm() {
  const { name, at, takes, row, visit, told, arrives, thing } = carry;
  by("ask-h").textContent = fill(visit ? words.move : words.place, name);
  by("ask-where").textContent = `${row.dataset.name}, ${clock(at, carry.zone)}–${clock(at + takes, carry.zone)}. ${fill(words.told, clock(at, carry.zone), clock(at + arrives, carry.zone))}`;
  by("ask-promise").hidden = !visit || !told || (told === at + arrives && Number(thing.dataset.f) === at);
  by("ask-crew").hidden = !carry.others;
  by("ask-parts").hidden = carry.parts < 2;
  Object.assign(by("ask-parts").querySelector("input"), { value: 1, max: carry.parts });
  by("ask-days").textContent = "";
  carry.also = [];
  for (const one of asking.querySelectorAll("[data-for]")) one.hidden = one.dataset.for !== (visit ? "visit" : "job");
  asking.returnValue = "";
  asking.showModal();
  asking.querySelector("button:not([hidden])").focus();
}
/** Looks when the other parts could be: at the same time of the days behind, where each fits. */
async function spread({ target }) {
  const mine = carry;
  if (target.name !== "parts" || !mine) return;
  const book = asking.querySelector("[value=book]");
  book.disabled = true; // else it would book what isn't looked up yet
  const parts = Math.max(1, Math.min(mine.parts, Math.floor(Number(target.value)) || 1));
  const answer = await fetch(`/app/board/days-on?job=${mine.job}&technician=${mine.row.dataset.row}&at=${mine.at}&parts=${parts}`).catch(() => null);
  const found = answer?.ok ? await answer.json() : null;
  book.disabled = false;
  if (carry !== mine) return;
  if (!found) return void (by("ask-days").textContent = words.failed);
  mine.also = found.map((one) => Date.parse(one) / 1000);
  const days = found.map((one) => `${new Date(one).toLocaleDateString(LANGUAGE, { timeZone: mine.zone, weekday: "short", day: "numeric", month: "short" })} ${clock(Date.parse(one) / 1000, mine.zone)}`);
  by("ask-days").textContent = [days.length && fill(words.also_on, days.join(", ")), found.length + 1 < parts && fill(words.fewer, found.length + 1)].filter(Boolean).join(". ");
}
asking?.addEventListener("input", spread);
asking?.addEventListener("close", () => {
  if (!carry) return;
  const how = asking.returnValue;
  if (!how) return putBack(words.put_back);
  const via = asking.querySelector("select").value;
  const along = carry.others ? [...by("ask-crew").querySelectorAll("input:checked")].map((one) => one.value) : [];
  const { visit, job, row, at, from, told, also } = lay();
  const where = { technician: row.dataset.row, from: at, ...(along.length && { crew: along.join(",") }) };
  if (visit) {
    const back = { act: "move", visit, technician: from.row, from: from.f, reason: how, via };
    act({ act: "move", visit, ...where, reason: how, via }, { done: words.moved, rows: [from.row, where.technician], back: told ? back : null });
  } else act({ act: how, job, ...where, ...(how === "book" && { via }), ...(how === "book" && also.length && { also: also.join(",") }) }, { done: how === "book" ? words.booked : words.held, rows: [where.technician, ...along], undo: how !== "book" ? "release" : also.length ? null : "take_back" });
});

/** Does it; says what came of it, where else instead, and how to take it back. */
async function act(form, { done, rows: touched, back = null, undo = null }) {
  const body = new URLSearchParams(Object.entries(form).map(([name, value]) => [name, String(value)]));
  const answer = await fetch("/app/board/act", { method: "POST", body, redirect: "manual" }).catch(() => null);
  const told = await answer?.json?.().catch(() => null);
  for (const one of touched) changed.add(one);
  refresh();
  if (!told) return announce(words.failed);
  if (!told.code) {
    const again = back ?? (undo && { act: undo, visit: told.id });
    announce(done, again ? [[words.undo, () => act(again, { done: words.undone, rows: touched })]] : []);
    wanted = told.id;
    return;
  }
  const other = (told.slots ?? []).filter(({ technician_id: id }) => by(`r-${id}`)).slice(0, 3);
  const places = other.map(({ technician_id: id, from }) => {
    const at = Date.parse(from) / 1000;
    const day = at >= DAY.from && at < DAY.until ? "" : `${new Date(from).toLocaleDateString(LANGUAGE, { timeZone: zone, weekday: "short", day: "numeric", month: "short" })} `;
    return [`${by(`r-${id}`).dataset.name} ${day}${clock(at)}`, () => act({ ...form, technician: id, from: at }, { done, rows: [...touched, id], back, undo })];
  });
  announce(`${told.said}${places.length ? ` ${words.instead}` : ""}`, places);
}

function announce(text, acts = []) {
  note.replaceChildren(
    document.createTextNode(text),
    ...acts.map(([name, run]) => {
      const button = document.createElement("button");
      button.textContent = name;
      button.addEventListener("click", run, { once: true });
      return button;
    }),
  );
}

// ---- pointer and keys

let press = null;
let scrolling = 0;

board.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  const thing = event.target.closest(".visit, .waits");
  if (!thing || !MAY || carry || event.pointerType === "touch") return;
  const box = thing.getBoundingClientRect();
  press = { thing, x: event.clientX, y: event.clientY, share: thing.matches(".visit") ? (event.clientX - box.left) / box.width : 0 };
});

let latest = null;
window.addEventListener("pointermove", (event) => {
  if (press && !carry && Math.hypot(event.clientX - press.x, event.clientY - press.y) > FAR) {
    reach(press.thing);
    const { thing } = press;
    const takes = thing.matches(".visit") ? thing.dataset.u - thing.dataset.f : 0;
    if (!pick(thing, { dragged: true, grip: press.share * takes })) press = null;
  }
  if (!carry || asking.open || (!carry.dragged && !event.target.closest?.("#rows"))) return;
  if (latest === null) requestAnimationFrame(follow);
  latest = { x: event.clientX, y: event.clientY };
});

/** What is under the pointer, and whether it is over the rows at all. */
function hover(x, y) {
  point(x, y);
  show();
  const box = grid.getBoundingClientRect();
  carry.over = x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/** Once a frame: where the pointer is, and a little further where it is at the rim. */
function follow() {
  const at = latest;
  latest = null;
  if (!carry || !at || asking.open) return;
  hover(at.x, at.y);
  const box = grid.getBoundingClientRect();
  const dy = at.y < box.top + EDGE ? -12 : at.y > box.bottom - EDGE ? 12 : 0;
  const dx = at.x > box.right - EDGE ? 12 : at.x < box.left + geometry.left + EDGE - grid.clientLeft && at.x > box.left ? -12 : 0;
  if (carry.dragged && (dx || dy)) {
    const before = [grid.scrollLeft, grid.scrollTop];
    grid.scrollBy(dx, dy);
    if (before[0] !== grid.scrollLeft || before[1] !== grid.scrollTop) {
      latest = at;
      scrolling = requestAnimationFrame(follow);
    }
  }
}

window.addEventListener("pointerup", (event) => {
  const pressed = press;
  press = null;
  cancelAnimationFrame(scrolling);
  const moved = latest !== null; // else it is dropped where it was shown, even if what changed elsewhere has moved the page under the pointer
  latest = null;
  if (pressed && carry?.dragged) {
    if (moved) hover(event.clientX, event.clientY);
    if (carry.over) drop();
    else putBack(words.put_back);
  } else if (pressed) reach(pressed.thing);
});
window.addEventListener("pointercancel", () => {
  press = null;
  if (carry?.dragged) putBack(words.put_back);
});

board.addEventListener("click", (event) => {
  if (carry) {
    if (event.target.closest(".visit, .waits, [data-show]")) event.preventDefault();
    if (carry.dragged || asking.open || !event.target.closest("#rows .lane")) return;
    point(event.clientX, event.clientY);
    show();
    drop();
    return;
  }
  const to = event.target.closest("[data-show]");
  if (to) {
    const thing = board.querySelector(`.visit[data-visit="${to.dataset.show}"]`);
    if (thing) {
      event.preventDefault();
      reach(thing);
      thing.scrollIntoView({ block: "center", inline: "center" });
    }
    return;
  }
  const thing = event.target.closest(".visit, .waits");
  if (thing) {
    event.preventDefault();
    if (event.pointerType === "touch" || !MAY) reach(thing);
  }
});

by("carry")?.addEventListener("click", () => {
  const thing = here;
  if (thing && pick(thing)) {
    grid.scrollIntoView({ block: "nearest" });
    thing.focus();
  }
});
const ofHold = (what) => ({ act: what, visit: here.dataset.visit, via: "phone" });
by("book-hold")?.addEventListener("click", () => act(ofHold("book_hold"), { done: words.booked, rows: [here.closest(".round").dataset.row] }));
by("let-go")?.addEventListener("click", () => act(ofHold("release"), { done: words.released, rows: [here.closest(".round").dataset.row] }));

board.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || asking?.open) return;
  const thing = event.target.closest(".visit, .waits");
  if (event.key === "Escape" && carry) {
    event.preventDefault();
    return putBack(words.put_back);
  }
  if (!thing) return;
  const arrow = event.key.startsWith("Arrow");
  if (carry && !carry.dragged) {
    if (event.key === "Enter" || event.key === " ") drop();
    else if (!arrow) return;
    else {
      const step = event.shiftKey ? 3600 : STEP;
      const at = rows.indexOf(carry.row);
      if (event.key === "ArrowUp") carry.row = rows[Math.max(0, at - 1)];
      else if (event.key === "ArrowDown") carry.row = rows[Math.min(rows.length - 1, at + 1)];
      else carry.at = inside(Math.round((carry.at + (event.key === "ArrowRight" ? step : -step)) / 60) * 60);
      show();
      reveal();
      announce(said());
    }
  } else if (arrow) {
    const next = beside(thing, event.key);
    if (next) reach(next);
  } else if ((event.key === "Enter" || event.key === " ") && MAY) pick(thing);
  else return;
  event.preventDefault();
});

/** Scrolls to what is carried. */
function reveal() {
  const { left, top, height, box } = geometry;
  const x = across(carry.at);
  const y = top + rows.indexOf(carry.row) * height;
  if (y - grid.scrollTop < top || y + height - grid.scrollTop > box.height) grid.scrollTop = y - box.height / 2;
  if (x - grid.scrollLeft < left || x + 100 - grid.scrollLeft > box.width) grid.scrollLeft = x - left - 100;
}

// ---- what happens elsewhere

const changed = new Set();
let timer = null;
let fetching = false;
let wanted = null;

function soon() {
  timer ??= setTimeout(() => {
    timer = null;
    refresh();
  }, SOON_MS);
}

/** Asks for the rows that changed, and for what needs somebody; one at a time. */
async function refresh() {
  if (fetching) return soon();
  fetching = true;
  const asked = [...changed];
  changed.clear();
  const which = asked.length > MOST_ROWS ? "all" : asked.join(",");
  const answer = await fetch(`/app/board/part?on=${on}&rows=${which}`, { redirect: "manual" }).catch(() => null);
  if (answer?.ok) take(new DOMParser().parseFromString(await answer.text(), "text/html"), which === "all" ? null : asked);
  else if (answer && (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403)) away();
  else {
    for (const one of asked) changed.add(one); // asked for again with the next news, or within a minute
  }
  fetching = false;
}

/** Puts what came in the place of what was there; the focus stays. */
function take(page, asked) {
  const focus = document.activeElement?.closest?.(".visit, .waits");
  const had = focus && { visit: focus.dataset.visit, job: focus.dataset.job, row: focus.closest(".round")?.dataset.row };
  const misplaced = by("misplaced").querySelector("ul");
  const lines = page.querySelectorAll("#misplaced li");
  for (const id of ["unheard", "at-risk", "unassigned"]) by(id).replaceWith(page.getElementById(id));
  for (const one of [...misplaced.children]) if (!asked || asked.includes(one.dataset.row)) one.remove();
  misplaced.append(...lines);
  by("misplaced").querySelector(".count").textContent = misplaced.children.length;
  const came = [...page.querySelectorAll(".round")];
  for (const id of asked ?? rows.map((row) => row.dataset.row)) if (!page.getElementById(`r-${id}`)) by(`r-${id}`)?.remove();
  for (const row of came) {
    const old = by(row.id);
    if (old) old.replaceWith(row);
    else [...by("rows").children].find((one) => one.dataset.name.localeCompare(row.dataset.name) > 0)?.before(row) ?? by("rows").append(row);
  }
  mark();
  rows = [...by("rows").querySelectorAll(".round")];
  tame(board);
  if (look()) place(sheet);
  else for (const row of came) place(row);
  line();
  const find = (visit, row) => (row && by(`r-${row}`)?.querySelector(`[data-visit="${visit}"]`)) || board.querySelector(`.visit[data-visit="${visit}"]`);
  if (carry) carried(find);
  else if (wanted && find(wanted)) {
    reach(find(wanted));
    wanted = null;
  } else if (had && !focus.isConnected) reach((had.visit ? find(had.visit, had.row) : board.querySelector(`[data-job="${had.job}"]`)) ?? things()[0] ?? null);
  else if (!here?.isConnected) reach(things()[0] ?? null, { focus: false });
  if (here?.isConnected && !by("picked").hidden) tell(here);
  document.dispatchEvent(new CustomEvent("board-changed"));
}

/** What is carried may have been moved or ended by somebody else, and what fits is another. */
function carried(find) {
  const thing = carry.visit ? find(carry.visit) : board.querySelector(`.waits[data-job="${carry.job}"]`);
  const row = by(carry.row.id);
  if (!thing || !row) {
    lay();
    announce(refusal("VISIT_NOT_IN_STATE"));
    return reach(things()[0] ?? null);
  }
  Object.assign(carry, { thing, row });
  thing.classList.add("carried");
  if (!asking.open) thing.focus();
  measure();
  ask();
}

/** Marks visits by the risks that the list says. */
function mark() {
  const risky = new Set([...by("at-risk").querySelectorAll("li[data-visit]")].map((one) => one.dataset.visit));
  for (const one of board.querySelectorAll(".visit.late, .visit.behind, .visit.soon")) if (!risky.has(one.dataset.visit)) one.classList.remove("late", "behind", "soon");
  for (const one of by("at-risk").querySelectorAll("li[data-why]")) for (const visit of board.querySelectorAll(`.visit[data-visit="${one.dataset.visit}"]`)) visit.classList.add(one.dataset.why);
}

function heard({ subject_kind: about, subject_id: id, body }) {
  document.dispatchEvent(new CustomEvent("board-heard", { detail: about }));
  if (about === "day_plan") return;
  if (about === "visit") {
    for (const one of board.querySelectorAll(`.visit[data-visit="${id}"]`)) changed.add(one.closest(".round").dataset.row);
    if (body.technician_id) changed.add(body.technician_id);
    for (const one of body.crew ?? []) changed.add(one);
  } else if (about === "technician" || about === "shift") changed.add(id);
  soon();
}

function away() {
  by("live").hidden = true;
  by("gone").hidden = false;
}

let events = null;
let last = after;
function listen() {
  events = new EventSource(`/app/board/events?after=${encodeURIComponent(last)}`);
  events.addEventListener("open", () => {
    by("live").hidden = false;
    by("gone").hidden = true;
  });
  events.addEventListener("fact", (event) => {
    last = event.lastEventId;
    heard(JSON.parse(event.data));
  });
  events.addEventListener("end", (event) => {
    last = event.lastEventId;
  });
  events.addEventListener("error", () => {
    by("live").hidden = true;
    if (events.readyState === EventSource.CLOSED) away();
  });
}

// A browser has few lines to one address: a board that nobody looks at holds none, and hears what it missed once somebody does.
document.addEventListener("visibilitychange", () => {
  events.close();
  if (document.hidden) by("live").hidden = true;
  else listen();
});

setInterval(() => {
  if (document.hidden) return;
  for (const one of board.querySelectorAll(".visit[data-expires]")) if (one.dataset.expires <= now()) changed.add(one.closest(".round").dataset.row);
  refresh();
  line();
}, MINUTE_MS);

board.classList.add("live");
by("keys")?.removeAttribute("hidden");
rows = [...by("rows").querySelectorAll(".round")];
tame(board);
look();
place(sheet);
line();
openAtNow();
reach(things().find((one) => one.matches(".visit")) ?? things()[0] ?? null, { focus: false });
window.addEventListener("resize", () => {
  measure();
  line();
});
listen();
