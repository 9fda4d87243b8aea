// A customer's page follows what happens while somebody looks at it: its parts come anew, and nothing that is being written is lost.
"use strict";

const QUIET_MS = 300;
const about = document.querySelector("[data-events]");
let last = about.dataset.after;
let events = null;
let waiting = null;

async function renew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const anew = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = anew.getElementById(part.id);
    if (now && !part.contains(document.activeElement)) part.replaceChildren(...now.childNodes);
  }
}

function listen() {
  events = new EventSource(`${about.dataset.events}?after=${encodeURIComponent(last)}`);
  events.addEventListener("fact", (event) => {
    last = event.lastEventId;
    clearTimeout(waiting);
    waiting = setTimeout(renew, QUIET_MS);
  });
  events.addEventListener("end", (event) => {
    last = event.lastEventId;
  });
}

// A page that nobody looks at holds no line, and hears what it missed once somebody does.
document.addEventListener("visibilitychange", () => {
  events.close();
  if (!document.hidden) listen();
});

listen();
