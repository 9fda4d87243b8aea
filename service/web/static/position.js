// Tells where the phone is while a visit is sent out, if its owner lets it; without that, or without a script, nothing is missing.
"use strict";

{
  const place = document.getElementById("position");

  if (place && window.isSecureContext && navigator.geolocation && navigator.permissions) {
    const EVERY_MS = 60_000;
    const MOST = 200;
    const ahead = Date.parse(place.dataset.at) - Date.now(); // the phone's clock may be wrong
    const [button, words] = place.children;
    let kept = [];
    let watching = null;
    let told = -EVERY_MS;

    const begin = () => {
      button.hidden = true;
      words.hidden = false;
      watching = navigator.geolocation.watchPosition(take, end, { enableHighAccuracy: true, maximumAge: EVERY_MS });
    };

    const end = () => {
      navigator.geolocation.clearWatch(watching);
      words.hidden = true;
    };

    const take = ({ coords, timestamp }) => {
      const e7 = (degrees) => Math.round(degrees * 1e7);
      const measured_at = new Date(Math.max(timestamp, Date.now() - EVERY_MS) + ahead).toISOString();
      const accuracy_metres = Math.min(100_000, Math.round(coords.accuracy));
      kept = [...kept, { latitude_e7: e7(coords.latitude), longitude_e7: e7(coords.longitude), accuracy_metres, measured_at }].slice(-MOST);
      if (performance.now() - told >= EVERY_MS) tell();
    };

    const tell = async () => {
      told = performance.now();
      const positions = kept;
      const sent = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ positions }), redirect: "manual" };
      const answer = await fetch("/app/positions", sent).catch(() => null);
      if (!answer || answer.status >= 500) return; // no signal: told with the next
      kept = kept.filter((one) => !positions.includes(one));
      if (!answer.ok) end(); // nobody needs to know
    };

    navigator.permissions.query({ name: "geolocation" }).then(({ state }) => {
      if (state === "granted") begin();
      else if (state === "prompt") button.hidden = false;
    });
    button.addEventListener("click", begin);
  }
}
