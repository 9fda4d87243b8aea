// Keeps the page for cash without signal on the phone, and shows it whenever a page of the day can't be fetched.
"use strict";

const PAGE = "/app/without-signal";
const FILES = ["/static/sayso.css", "/static/sayso.svg", "/static/without_signal.js"];

/** Fetches the page and what it loads anew; of whoever isn't signed in, or may not any more, nothing stays kept. */
async function keep() {
  const page = await fetch(PAGE, { redirect: "manual" });
  if (page.type === "opaqueredirect" || page.status === 401 || page.status === 403) await caches.delete(PAGE);
  if (!page.ok) throw new Error(page.statusText);
  const kept = await caches.open(PAGE);
  await Promise.all([kept.put(PAGE, page), kept.addAll(FILES)]);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keep().then(() => event.source.postMessage("kept"), () => {})));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (path === "/app/sign-out") event.waitUntil(caches.delete(PAGE)); // it names customers; what was taken and not told yet lies elsewhere
  if (request.method !== "GET") return;
  if (FILES.includes(path)) event.respondWith(fetch(request).catch(() => caches.match(path)));
  if (request.mode === "navigate") {
    const instead = async () => (path === PAGE ? await caches.match(PAGE) : Response.redirect(PAGE)) ?? Response.error();
    const answer = fetch(request);
    event.respondWith(answer.catch(instead));
    // where it leads can't be seen: to sign in, perhaps
    event.waitUntil(answer.then((found) => found.type === "opaqueredirect" && keep()).catch(() => {}));
  }
});
