// How things stand is computed when somebody asks, so an open page asks again; nothing that is being written is lost.
"use strict";

const EVERY_MS = 30000;

async function renew() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer || !answer.ok) return;
  const anew = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = anew.getElementById(part.id);
    if (now && now.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) part.replaceChildren(...now.childNodes);
  }
}

setInterval(renew, EVERY_MS);
document.addEventListener("visibilitychange", renew);
