// What is to hold for the next presentation: the clock's reading, and the power cut on the way.

import { byId } from "./dom.js";

const [at, time, keep, cut, write] = ["at", "at-time", "keep", "cut", "cut-write"].map(byId);

function refresh() {
  time.disabled = at.value !== "time";
  write.disabled = !cut.value;
}
at.addEventListener("change", refresh);
cut.addEventListener("change", refresh);

export function wishOfTheClock() {
  if (at.value === "time" && !time.value) throw new Error("Choose the time that the clock reads.");
  const reading = at.value === "time" ? time.value : at.value;
  return reading ? { at: reading } : {};
}

export function wish() {
  return cut.value ? { ...wishOfTheClock(), cut_write: write.value, cut_phase: cut.value } : wishOfTheClock();
}

export function wishWasUsed() {
  cut.value = "";
  if (!keep.checked) at.value = "";
  refresh();
}
