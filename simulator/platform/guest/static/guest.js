// Keeps the code on the page fresh: a new rendition every minute, and none that the lock would no longer take.
// Written for browsers from 2017 on: where it did not run, a code would stay that has died.
"use strict";

(() => {
  const shown = document.getElementById("shown");
  const trouble = document.getElementById("trouble");
  const refreshMs = Number(shown.dataset.refreshS) * 1000;
  const RETRY_MS = 5000;
  const TIME_LIMIT_MS = 10000;
  const STEP_S = 5;
  let loaded = Date.now();
  let nextAt = loaded + refreshMs;
  let asking = false;

  const symbol = () => shown.querySelector(".symbol");

  // Modules of a whole number of the screen's pixels are the sharpest; without this the symbol fills its width.
  const fit = () => {
    const svg = shown.querySelector(".symbol svg");
    if (!svg) return;
    const modules = svg.viewBox.baseVal.width;
    const pixels = Math.floor((symbol().clientWidth * devicePixelRatio) / modules);
    svg.style.width = pixels >= 3 ? `${(pixels * modules) / devicePixelRatio}px` : "";
  };

  const say = (text) => {
    if (trouble.textContent !== text) trouble.textContent = text;
    trouble.hidden = text === "";
  };

  const show = (html) => {
    shown.innerHTML = html;
    loaded = Date.now();
    nextAt = loaded + refreshMs;
    say("");
    fit();
  };

  const withinTime = (answer) =>
    Promise.race([answer, new Promise((_, fail) => setTimeout(() => fail(new Error("too late")), TIME_LIMIT_MS))]);

  const ask = async () => {
    asking = true;
    try {
      const answer = await withinTime(fetch(shown.dataset.url, { headers: { "X-Fragment": "1" }, cache: "no-store" }));
      if (answer.status === 401 || answer.status === 404) location.assign("/guest");
      else if (answer.ok && answer.headers.get("X-State") !== shown.dataset.state) location.reload();
      else if (answer.ok) show(await answer.text());
      else throw new Error("not now");
    } catch (error) {
      nextAt = Date.now() + RETRY_MS;
      if (symbol()) say(symbol().dataset.offline);
    }
    asking = false;
  };

  // What the lock no longer takes is not left on the screen.
  const bury = () => {
    const code = symbol();
    if (!code || Date.now() < loaded + Number(code.dataset.diesS) * 1000) return;
    say(code.dataset.dead);
    shown.innerHTML = "";
  };

  // In steps, so that nothing on the page flickers.
  const count = () => {
    const next = shown.querySelector(".next");
    if (!next) return;
    const left = Math.max(0, Math.ceil((nextAt - Date.now()) / 1000 / STEP_S) * STEP_S);
    const text = symbol().dataset.next.replace("{seconds}", String(left));
    if (next.textContent !== text) next.textContent = text;
  };

  const tick = () => {
    bury();
    if (!asking && document.visibilityState === "visible" && Date.now() >= nextAt) ask();
    count();
  };

  const stayAwake = async () => {
    if (document.visibilityState !== "visible" || !symbol()) return;
    try {
      if (navigator.wakeLock) await navigator.wakeLock.request("screen");
    } catch (error) {
      // A phone that saves its battery says no; the guest can touch the screen.
    }
  };

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") nextAt = 0;
    tick();
    stayAwake();
  });
  addEventListener("resize", fit);
  setInterval(tick, 1000);
  fit();
  count();
  stayAwake();
})();
