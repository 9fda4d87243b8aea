// Cash without signal: each receipt has a number of the phone's own book, is kept on the phone before it is shown, and told as soon as there is signal.
"use strict";

const FEW = 10; // numbers left, below which the phone asks for another book
const AGAIN_MS = 60_000;
const SOON_MS = 1_000; // after a telling that wasn't heard, then twice as long each time
const TOLD_DAYS = 7;
const OVER = ["told", "void", "settled"];

const place = document.getElementById("without-signal");
const worker = navigator.serviceWorker;

/** Asks the worker to keep today's page; it says when it has. */
async function ready() {
  await worker.register("/app/worker.js", { scope: "/app/" });
  worker.addEventListener("message", () => document.getElementById("ready")?.removeAttribute("hidden"));
  (await worker.ready).active.postMessage("keep");
}

if (window.isSecureContext && worker && window.indexedDB) {
  ready().catch(() => {}); // no signal: what was kept before stays
  if (place) begin();
} else if (place) {
  document.getElementById("unfit").hidden = false;
}

function begin() {
  const { staff, at, zone } = place.dataset;
  const locale = document.documentElement.lang === "de" ? "de-DE" : "en-GB";
  const opened = new Promise((done, fail) => {
    const asked = indexedDB.open("sayso", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("phone", { keyPath: "staff" });
      asked.result.createObjectStore("taken", { keyPath: "id" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

  /** Changes what the phone keeps, all of it or nothing, and resolves once it lies on the disk; two tabs take turns. */
  async function change(act) {
    const base = await opened;
    return new Promise((done, fail) => {
      const whole = base.transaction(["phone", "taken"], "readwrite", { durability: "strict" });
      const phones = whole.objectStore("phone");
      const taken = whole.objectStore("taken");
      let outcome;
      whole.oncomplete = () => done(outcome);
      whole.onabort = () => fail(whole.error);
      const mine = phones.get(staff);
      mine.onsuccess = () => {
        const all = taken.getAll();
        all.onsuccess = () => {
          const phone = mine.result ?? { staff, device: crypto.randomUUID(), asked: null, numbers: [], ahead: 0 };
          const own = all.result.filter((one) => one.staff === staff).sort((a, b) => (a.id < b.id ? -1 : 1));
          outcome = act(phone, own, taken);
          phones.put(phone);
        };
      };
    });
  }

  /** Says of one entry what became of it; nothing where it is in none of those states any more. */
  const become = (id, from, values) =>
    change((phone, own, taken) => {
      const entry = own.find((one) => one.id === id && from.includes(one.state));
      if (entry) taken.put(Object.assign(entry, values));
      return entry;
    });

  /** Says that no answer came; it is asked for again soon. */
  function offline() {
    unheard = true;
    say("offline");
  }

  /** Says how it stands with the signal. */
  function say(which) {
    for (const one of document.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== which;
  }

  let shut = false;

  /** Nobody is signed in here: no customer is shown and nothing taken any more, and the kept page goes. What nobody was told of stays until whoever took it signs in. */
  async function shutOut() {
    shut = true;
    say("signed-out");
    for (const form of document.querySelectorAll("form[data-invoice]")) form.closest("section").remove();
    document.getElementById("receipt").hidden = true;
    await caches.delete("/app/without-signal");
    await draw();
  }

  /** What the service answers; nothing where it can't be asked, and why is on the page. */
  async function send(path, fields) {
    let answer;
    try {
      answer = await fetch(`/app/without-signal/${path}`, { method: "POST", body: new URLSearchParams({ staff, ...fields }), redirect: "manual" });
    } catch {
      offline();
      return null;
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) await shutOut();
    else if (answer.ok || (answer.status >= 400 && answer.status < 500 && answer.status !== 429)) {
      const told = await answer.json().catch(() => null);
      if (told?.code === "SIGNED_IN_AS_ANOTHER") say("another");
      else if (told) return told;
      else offline();
    } else offline();
    return null;
  }

  /** Tells the service that this phone is there, and asks for a book of numbers where few are left: by an id that is kept first, so that none is set aside twice. */
  async function greet() {
    const phone = await change((phone) => {
      if (phone.numbers.length < FEW) phone.asked ??= crypto.randomUUID();
      return { ...phone };
    });
    const told = await send("phone", { device: phone.device, ...(phone.asked && { block: phone.asked }) });
    if (!told) return false;
    await change((now) => {
      if (told.code === "DEVICE_REVOKED") Object.assign(now, { device: crypto.randomUUID(), asked: null, numbers: [] }); // it was reported lost: its book isn't given from any more
      else if (!told.code) {
        now.ahead = Date.now() - told.at;
        if (now.asked === phone.asked && phone.asked) Object.assign(now, { asked: null, numbers: [...now.numbers, ...told.numbers] });
      }
    });
    if (shut) location.reload();
    say("online");
    return true;
  }

  let telling = null;
  let asked = false;
  let soon = null;
  let wait = SOON_MS;
  let unheard = false;
  /** One at a time; whoever asks meanwhile, as signal comes back, is heard by one more. */
  function tell() {
    if (telling) asked = true;
    else {
      const list = document.getElementById("taken");
      list.ariaBusy = "true";
      telling = tellAll().finally(() => {
        telling = null;
        list.ariaBusy = "false";
        if (asked) {
          asked = false;
          return tell();
        }
      });
    }
    return telling;
  }

  /** Tells all that isn't told yet; again soon where there seems to be signal and no answer came. */
  async function tellAll() {
    clearTimeout(soon);
    unheard = false;
    await tellEach();
    if (unheard && navigator.onLine) soon = setTimeout(tell, wait);
    wait = unheard ? Math.min(2 * wait, AGAIN_MS) : SOON_MS;
  }

  /** Tells each that isn't told yet, in the order it was taken. */
  async function tellEach() {
    await draw();
    if (!(await greet())) return;
    for (const one of await change((phone, own) => own.filter((one) => !OVER.includes(one.state)))) {
      if (one.state === "struck") {
        const told = await send("void", { block: one.number.block_id, serial: one.number.serial });
        if (told && !told.code) await become(one.id, ["struck"], { state: "void" });
      } else if (await become(one.id, ["kept", "sending", "refused"], { state: "sending" })) {
        const { id, visit, invoice, amount, currency, taken, page } = one;
        const told = await send("cash", { id, visit, invoice, amount, currency, taken, page, ...(one.number && { number: one.number.number }) });
        if (told?.code) await become(id, ["sending"], { state: "refused", said: told.said });
        else if (told?.settled) await become(id, ["sending"], { state: "settled", note: told.settled });
        else if (told) await become(id, ["sending"], { state: "told", receipt: told.receipt_number });
      }
      await draw();
    }
    await draw();
  }

  const money = (amount, currency, digits) =>
    new Intl.NumberFormat(locale, { style: "currency", currency }).format(Number(amount) / 10 ** digits);
  const moment = (when) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: zone }).format(when);

  /** Fills in what is said of an entry, wherever the page has a place for it. */
  function fill(box, entry) {
    const said = {
      number: entry.receipt ?? entry.number?.number ?? "",
      paper: entry.receipt && entry.number && entry.receipt !== entry.number.number ? entry.number.number : "",
      amount: money(entry.amount, entry.currency, entry.digits),
      moment: moment(entry.taken),
      who: entry.who,
      of: entry.of,
      what: entry.said?.[0] ?? "",
      help: entry.said?.[1] ?? "",
      note: entry.note ?? "",
    };
    for (const one of box.querySelectorAll("[data-says]")) one.textContent = said[one.dataset.says];
    for (const one of box.querySelectorAll("[data-if]")) one.hidden = one.dataset.if !== entry.state && !said[one.dataset.if];
    for (const one of box.querySelectorAll("[data-unless]")) one.hidden = Boolean(said[one.dataset.unless]);
  }

  /** Shows what the phone keeps. */
  async function draw() {
    const [left, own] = await change((phone, own, taken) => {
      const old = Date.now() - phone.ahead - TOLD_DAYS * 86_400_000;
      const over = own.filter((one) => OVER.includes(one.state) && one.taken < old);
      for (const one of over) taken.delete(one.id);
      return [phone.numbers.length, shut ? [] : own.filter((one) => !over.includes(one))];
    });
    document.getElementById("left").value = left;
    document.getElementById("kept").hidden = own.length === 0;
    const list = document.getElementById("taken");
    list.replaceChildren(
      ...own.reverse().map((entry) => {
        const line = document.getElementById("line").content.cloneNode(true);
        fill(line, entry);
        line.querySelector("[data-act=show]").addEventListener("click", () => show(entry));
        line.querySelector("[data-act=strike]").addEventListener("click", () => strike(entry));
        for (const one of line.querySelectorAll("[hidden]")) one.remove();
        return line;
      }),
    );
  }

  /** Shows the receipt, to be read to or copied for whoever paid. */
  function show(entry) {
    const receipt = document.getElementById("receipt");
    fill(receipt, entry);
    receipt.hidden = false;
    receipt.focus();
  }

  /** Takes an entry back that nobody was told of; its number becomes void, which is told instead. */
  async function strike(entry) {
    await change((phone, own, taken) => {
      const now = own.find((one) => one.id === entry.id && one.state === "kept");
      if (now?.number) taken.put(Object.assign(now, { state: "struck" }));
      else if (now) taken.delete(now.id);
    });
    document.getElementById("receipt").hidden = true;
    await tell();
  }

  /** An id in the order of time, as the service's own (RFC 9562, version 7). */
  function ordered(now) {
    const hex = now.toString(16).padStart(12, "0");
    const rest = crypto.randomUUID();
    return `${hex.slice(0, 8)}-${hex.slice(8)}-7${rest.slice(15)}`;
  }

  /** Minor units of an amount as people type it, with a point or a comma; nothing where it is none. */
  function minor(text, digits) {
    const read = /^([0-9]{1,12})(?:[.,]([0-9]{1,4}))?$/.exec(text.trim());
    const rest = (read?.[2] ?? "").padEnd(digits, "0");
    if (!read || /[1-9]/.test(rest.slice(digits))) return null;
    return BigInt(read[1] + rest.slice(0, digits)) || null;
  }

  async function take(event) {
    event.preventDefault();
    const form = event.target;
    const { visit, invoice, currency, who, of } = form.dataset;
    const digits = Number(form.dataset.digits);
    const amount = minor(form.elements.amount.value, digits);
    form.querySelector("[data-misread]").hidden = amount !== null;
    if (amount === null) return;
    const beyond = form.querySelector("[data-beyond]");
    if (amount > BigInt(form.dataset.open) && beyond.dataset.beyond !== String(amount)) {
      beyond.dataset.beyond = String(amount); // the second tap on the same amount is the yes
      beyond.querySelector("output").value = money(amount, currency, digits);
      beyond.hidden = false;
      return;
    }
    beyond.hidden = true;
    beyond.dataset.beyond = "";
    const button = form.querySelector("button");
    button.disabled = true; // until it lies on the disk: a second tap is a second payment
    const entry = await change((phone, own, taken) => {
      const now = Date.now() - phone.ahead;
      const made = { id: ordered(now), staff, visit, invoice, currency, digits, who, of, amount: String(amount), taken: now, page: Number(at), state: "kept" };
      made.number = phone.numbers.shift() ?? null;
      taken.put(made);
      return made;
    }).finally(() => (button.disabled = false));
    form.elements.amount.value = "";
    show(entry);
    await tell();
  }

  for (const form of document.querySelectorAll("form[data-invoice]")) form.addEventListener("submit", take);
  window.addEventListener("online", tell);
  window.addEventListener("offline", () => say("offline"));
  setInterval(tell, AGAIN_MS);
  navigator.storage?.persist?.(); // the browser isn't to make room by what nobody was told of
  place.hidden = false;
  tell();
}
