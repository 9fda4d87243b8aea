// A day that goes otherwise, on the board: who is late and who goes instead. What would come of it is the service's answer, asked for before it is done.
"use strict";

{
  const late = by("late");
  const hand = by("hand");
  const WAITS = ["booked", "dispatched", "accepted"];
  const STARTED = ["on_site", "working", "paused"];
  let about = null; // the visit that a dialog is about
  let asked = 0;

  document.addEventListener("board-picked", ({ detail: thing }) => {
    const { state, along } = thing.dataset;
    by("to-others").hidden = !thing.matches(".visit") || Boolean(along) || !WAITS.includes(state);
    by("is-late").hidden = !thing.matches(".visit") || Boolean(along) || ![...WAITS, "en_route", ...STARTED].includes(state);
  });

  const named = (visit) => board.querySelector(`.visit[data-visit="${visit}"]`)?.dataset;

  /** Says in the dialog what the service says would come of it. */
  async function foresee(form, place) {
    const mine = ++asked;
    place.textContent = words.asking;
    const answer = await fetch("/app/board/effect", { method: "POST", body: new URLSearchParams(form), redirect: "manual" }).catch(() => null);
    const told = answer?.ok ? await answer.json().catch(() => null) : null;
    if (mine !== asked) return;
    if (!told) return void (place.textContent = words.failed);
    place.classList.toggle("no", told.refused.length > 0);
    const lines = [
      ...told.refused.map(({ visit_id: visit, code }) => fill(words.then_refused, named(visit)?.name ?? "", refusal(code))),
      ...told.windows.map(({ visit_id: visit, arrives_at: at, kept }) => fill(kept ? words.then_kept : words.then_left, named(visit)?.name ?? "", clock(Date.parse(at) / 1000, named(visit)?.zone))),
    ];
    place.textContent = lines.join(" ") || words.no_effect;
  }

  // ---- later

  const lateForm = () => ({ act: "late", visit: about.visit, minutes: late.querySelector("[name=minutes]").value, reason: late.querySelector("[name=reason]").value });

  /** Offers by how much it may be said to be later: nothing that is past; whether there is anything. */
  function offerTimes(planned, there) {
    const select = late.querySelector("[name=minutes]");
    const past = 5 * Math.max(0, Math.ceil((now() - planned) / 300));
    const offered = select.dataset.minutes.split(" ").map((minutes) => past + Number(minutes)).filter((minutes) => minutes <= 720);
    const options = offered.map((minutes) => new Option(fill(words.by_minutes, String(minutes), clock(planned + 60 * minutes, there)), minutes));
    select.replaceChildren(...options, ...(past ? [] : [new Option(select.dataset.nothing, 0)]));
    return options.length > 0;
  }

  by("is-late").addEventListener("click", () => {
    const { visit, name, f, u, zone: there, state } = here.dataset;
    about = { visit, row: here.closest(".round").dataset.row };
    by("late-h").textContent = fill(words.late, name);
    const [planned, said] = STARTED.includes(state) ? [Number(u), words.planned_until] : [Number(f), words.planned_from];
    by("late-planned").textContent = fill(said, clock(planned, there));
    if (!offerTimes(planned, there)) return announce(words.too_late);
    late.returnValue = "";
    late.showModal();
    foresee(lateForm(), by("late-effect"));
  });
  late.addEventListener("change", () => foresee(lateForm(), by("late-effect")));
  late.addEventListener("close", () => {
    asked++;
    if (late.returnValue === "yes") act(lateForm(), { done: words.said_late, rows: [about.row] });
  });

  // ---- to others

  const shown = () => [...hand.querySelectorAll("[data-hands]")].filter((one) => !one.hidden);
  const pairs = () => shown().map((one) => [one.dataset.hands, one.querySelector("select").value]);
  const handForm = () => ({ act: "hand_over", visits: pairs().filter(([, to]) => to).map((pair) => pair.join(":")).join(","), reason: hand.querySelector("[name=reason]").value });

  function look() {
    const place = by("hand-effect");
    const nobody = pairs().filter(([, to]) => !to).map(([visit]) => visit);
    if (nobody.length) {
      asked++;
      place.classList.add("no");
      place.textContent = nobody.map((visit) => fill(words.nobody, named(visit)?.name ?? "")).join(" ");
    } else foresee(handForm(), place);
  }

  by("to-others").addEventListener("click", async () => {
    const { visit } = here.dataset;
    about = { visit, row: here.closest(".round").dataset.row };
    const mine = ++asked;
    const answer = await fetch(`/app/board/hand-over?on=${on}&technician=${about.row}&visit=${visit}`, { redirect: "manual" }).catch(() => null);
    if (mine !== asked) return;
    if (!answer?.ok) return announce(words.failed);
    hand.replaceChildren(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form"));
    hand.returnValue = "";
    hand.showModal();
    look();
  });
  hand.addEventListener("change", ({ target }) => {
    if (target.name === "which") for (const one of hand.querySelectorAll(".rest")) one.hidden = target.value !== "rest";
    if (target.name === "everything")
      for (const one of hand.querySelectorAll("[data-hands] select")) {
        const [first] = [...one.options].filter(({ disabled, value }) => value && !disabled && (!target.value || value === target.value));
        one.value = first?.value ?? "";
      }
    look();
  });
  hand.addEventListener("close", () => {
    asked++;
    if (hand.returnValue === "plan") by("without").click();
    if (hand.returnValue !== "yes") return;
    const form = handForm();
    act(form, { done: words.handed, rows: [about.row, ...pairs().map(([, to]) => to).filter(Boolean)] });
  });
}
