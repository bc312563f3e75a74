// What the lock decided, why, and how long each stage took.

import { byId, element, tableRow } from "./dom.js";

const WORDS = {
  OPEN: ["OPEN", "open"],
  REFUSED: ["REFUSED", "refused"],
  PASSAGE_ON: ["PASSAGE MODE ON", "open"],
  PASSAGE_OFF: ["PASSAGE MODE OFF", "odd"],
  POWER_CUT: ["POWER CUT", "odd"],
  NOTHING: ["NO DECISION", ""],
};

export function showVerdict(told) {
  const [word, kind] = WORDS[told.decision];
  byId("verdict").className = `verdict ${kind}`;
  byId("decision").textContent = told.reason ? `${word}: ${told.reason}` : word;
  const outside = told.outside && `outside shows ${told.outside}`;
  const card = told.card && `card ${told.card.serial}, revision ${told.card.revision}`;
  byId("why").textContent = [told.events.join(", "), outside, told.note, card].filter(Boolean).join(" · ");
}

// After a failure nothing was decided, and what was decided before would read as its outcome.
export function clearVerdict() {
  byId("verdict").className = "verdict";
  byId("decision").textContent = "–";
  byId("why").textContent = "";
}

export function showStages(told) {
  const rows = [];
  for (const [stage, ms] of Object.entries(told.stages_ms)) {
    rows.push(timeRow(stage, ms));
    if (stage !== "read") continue;
    for (const [part, each] of Object.entries(told.reader_ms)) rows.push(timeRow(part, each, "part"));
  }
  if (told.latency_ms !== null) rows.push(timeRow("since in view", told.latency_ms));
  byId("stages").replaceChildren(...rows, tableRow(["writes to the flash", told.writes]));
}

function timeRow(name, ms, className = "") {
  return tableRow([name, element("span", `${ms.toFixed(2)} ms`)], className);
}
