// A plan on the board: watched while it is computed, drawn beside what is so now. What it says comes from the service; nothing is computed here.
"use strict";

{
  const AGAIN_MS = 700; // between two looks at a plan that is being computed
  const WAITS = ["asked", "computing"];
  const LIVE = [...WAITS, "proposed"];
  const place = by("plan-place");
  const panel = () => by("plan");
  let timer = null;
  let asked = 0;
  let sending = false;

  /** Shows beside each visit that moves where it would be, and marks those that leave. */
  function draw() {
    for (const one of board.querySelectorAll(".proposed")) one.remove();
    for (const one of board.querySelectorAll(".visit.leaves, .waits.leaves")) one.classList.remove("leaves");
    if (panel()?.dataset.state !== "proposed") return;
    for (const one of panel().querySelectorAll("[data-moves]")) {
      const { moves, to, f, u, name, clock: at, adds } = one.dataset;
      for (const thing of board.querySelectorAll(adds ? `.waits[data-job="${adds}"]` : `.visit[data-visit="${moves}"]`)) thing.classList.add("leaves");
      const lane = by(`r-${to}`)?.querySelector(".lane");
      if (!lane || u <= view.from || f >= view.until) continue;
      const mark = document.createElement("span");
      mark.className = "proposed";
      mark.setAttribute("aria-hidden", "true"); // the table says it
      mark.style.left = share(f - view.from);
      mark.style.width = share(u - f);
      mark.textContent = `${at} ${name}`;
      lane.append(mark);
    }
  }

  /** Puts the plan as it now is in the place of what was there: what was ticked stays ticked, and the focus where it was. */
  function put(html) {
    const came = new DOMParser().parseFromString(html, "text/html").getElementById("plan");
    const old = panel();
    if (!came || old?.isEqualNode(came)) return false;
    const ticked = new Set([...(old?.querySelectorAll("input:checked") ?? [])].map((one) => one.name));
    const same = old?.dataset.plan === came.dataset.plan;
    const focused = old?.contains(document.activeElement) ? document.activeElement : null;
    place.replaceChildren(came);
    if (same) for (const one of came.querySelectorAll("input[type=checkbox]")) one.checked = ticked.has(one.name);
    if (focused) ([...came.querySelectorAll("button, input, a")].find((one) => one.textContent === focused.textContent && one.name === focused.name) ?? came).focus();
    draw();
    if (!same || old.dataset.state !== came.dataset.state) announce(came.dataset.said || came.querySelector(".notice, .yes, .no, p").textContent);
    return true;
  }

  function watch() {
    clearTimeout(timer);
    timer = WAITS.includes(panel()?.dataset.state) ? setTimeout(look, AGAIN_MS) : null;
  }

  /** Asks how the plan stands. */
  async function look() {
    if (sending) return;
    const mine = ++asked;
    const { plan, state } = panel()?.dataset ?? {};
    const which = LIVE.includes(state) ? `&plan=${plan}` : ""; // else whatever somebody has asked for meanwhile
    const answer = await fetch(`/app/board/plan?on=${on}${which}`, { redirect: "manual" }).catch(() => null);
    if (mine !== asked) return;
    if (answer?.ok) put(await answer.text());
    watch();
  }

  /** Sends a form of the plan and shows what came of it. */
  async function send(form) {
    form.set("part", "yes");
    clearTimeout(timer);
    asked++;
    sending = true;
    const answer = await fetch("/app/board/plan", { method: "POST", body: new URLSearchParams(form), redirect: "manual" }).catch(() => null);
    sending = false;
    if (!answer) announce(words.failed);
    else if (!answer.ok) announce(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main")?.textContent.trim() ?? words.failed);
    else if (put(await answer.text())) {
      by("plan-ask")?.removeAttribute("open");
      panel().scrollIntoView({ block: "nearest" });
      panel().focus({ preventScroll: true });
    }
    watch();
  }

  board.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") !== "/app/board/plan") return;
    event.preventDefault();
    send(new FormData(event.target));
  });

  /** Asks for a plan about whatever is picked. */
  function propose(about) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ act: "ask", on, ...about })) form.set(name, value);
    send(form);
  }
  by("as-emergency")?.addEventListener("click", () => propose({ kind: "emergency", job: here.dataset.job }));
  by("without")?.addEventListener("click", () => propose({ kind: "mend", absent: here.closest(".round").dataset.row }));
  document.addEventListener("board-picked", ({ detail: thing }) => {
    if (!MAY) return;
    by("as-emergency").hidden = !thing.matches(".waits");
    by("without").hidden = !thing.matches(".visit");
    if (!by("without").hidden) by("without").textContent = fill(words.without, thing.closest(".round").dataset.name);
  });

  document.addEventListener("board-heard", ({ detail: about }) => {
    if (about === "day_plan") look();
  });
  document.addEventListener("board-changed", () => {
    draw();
    if (panel()?.dataset.state === "proposed") look(); // whether its days still stand
  });
  draw();
  watch();
}
