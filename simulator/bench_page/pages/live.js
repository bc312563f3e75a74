// The stream of what happens to the lock, whoever does it.

import { byId, tellTrouble } from "./dom.js";
import { showNews, showState } from "./state.js";
import { clearVerdict } from "./verdict.js";

export function listen(address) {
  const stream = new EventSource(address);
  let troubled = false;
  stream.addEventListener("state", (event) => {
    if (troubled) tellTrouble("");
    troubled = false;
    const state = JSON.parse(event.data);
    showState(state);
    showNews(state.news);
    tell("live", "on");
  });
  stream.addEventListener("trouble", (event) => {
    troubled = true;
    tellTrouble(JSON.parse(event.data).error);
  });
  stream.addEventListener("gone", () => {
    troubled = true; // what was said of it ends when it comes back
    clearVerdict();
    tell("the lock's file is gone", "off");
  });
  stream.onerror = () => tell("not connected", "off");
}

function tell(text, kind) {
  const live = byId("live");
  if (live.textContent !== text) live.textContent = text;
  live.className = `live ${kind}`;
}
