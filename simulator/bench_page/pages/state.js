// The lock as its file says it is: door, clock, counters, marks, log, refusals, flash.

import { byId, element, tableRow } from "./dom.js";
import { showFlash } from "./flash.js";

const NEWS_MAX = 50;
const MINUTE_MS = 60_000;

// The lock's clock runs on while nothing else happens.
let showClock = () => {};
setInterval(() => showClock(), MINUTE_MS / 20);

export function showState(state) {
  showDoor(state);
  showCounters(state.memory);
  showLines("log", state, ["at", "what", "card", "serial", "revision", "password"]);
  showLines("refusals", state, ["at", "reason", "serial", "password", "repeats"]);
  showFlash(state.flash);
}

export function showNews(lines) {
  const items = lines.map((line) => element("li", inWords(line))).reverse();
  byId("news").prepend(...items);
  while (byId("news").children.length > NEWS_MAX) byId("news").lastElementChild.remove();
}

function showDoor({ door, clock, keypad }) {
  const address = `community ${door.community}, building ${door.building}, floor ${door.floor}, room ${door.room}`;
  byId("door").textContent = `${door.model} · ${address} · ${door.lock_id}`;
  showClock = () => {
    const civil = new Date(Date.now() + MINUTE_MS * (clock.utc_offset_min + clock.ahead_min)).toISOString();
    byId("clock").textContent = civil.slice(0, 16).replace("T", " ") + (clock.ahead_min ? " (set)" : "");
  };
  showClock();
  const issue = byId("issue"); // not there where the platform issues the cards
  if (issue) {
    issue.textContent =
      `qrlock card issue --building ${door.building} --floor ${door.floor} --room ${door.room} --out card.png`;
  }
  byId("keypad").hidden = !keypad;
}

function showCounters(memory) {
  const pairs = [
    ["Cards remembered", `${memory.remembered.length} of ${memory.entries_max}`],
    ["Uses counted", memory.remembered.reduce((sum, entry) => sum + entry.used, 0)],
    ["Void below serial", memory.void_below_serial || "–"],
    ["High-water mark", memory.latest_time],
    ["Passage mode until", memory.passage_until || "off"],
    ["Wrong entries, lock-outs", `${memory.wrong_entries}, ${memory.lock_outs}`],
    ["Most erases of a unit", memory.erases_max],
  ];
  const shown = pairs.flatMap(([name, value]) => [element("dt", name), element("dd", String(value))]);
  byId("counters").replaceChildren(...shown);
  const rows = memory.remembered.map((entry) =>
    tableRow([entry.subject, entry.until, entry.used, entry.valid_from_revision]),
  );
  byId("remembered").hidden = !rows.length;
  byId("remembered").tBodies[0].replaceChildren(...rows);
}

function showLines(ring, state, columns) {
  const rows = state[ring].map((line) => tableRow(columns.map((column) => line[column]))).reverse();
  byId(ring).tBodies[0].replaceChildren(...rows);
  const total = state[`${ring}_total`];
  const all = `${total}, newest first`;
  byId(`${ring}-about`).textContent = total > rows.length ? `newest ${rows.length} of ${total}` : all;
}

function inWords(line) {
  const who = line.serial === undefined ? "" : ` card ${line.serial}`;
  const times = line.repeats > 1 ? ` × ${line.repeats}` : "";
  return `${line.at}  ${line.what}${line.reason ? ` ${line.reason}` : ""}${who}${times}`;
}
