// One lock's page: wires what the engineer does to the bench, and what the bench tells to the page.

import { post, postPicture } from "./api.js";
import { attempt, byId } from "./dom.js";
import { listen } from "./live.js";
import { setUpPhotos } from "./photo.js";
import { showPicture } from "./picture.js";
import { showState } from "./state.js";
import { clearVerdict, showStages, showVerdict } from "./verdict.js";
import { setUpWebcam, stopWebcam } from "./webcam.js";
import { wish, wishOfTheClock, wishWasUsed } from "./wish.js";

const base = `/bench/locks/${encodeURIComponent(document.body.dataset.lock)}`;

// Something was held before the camera, or keys were pressed.
async function show(told) {
  showVerdict(told);
  if (told.stages_ms) showStages(told);
  if (told.state) showState(told.state);
  if (told.picture) await showPicture(told);
}

// Of a camera's many frames only those in which something is decided are told: the verdict is read aloud.
async function showFrame(told) {
  byId("sight").textContent = told.outlines.length ? "code read" : told.in_view ? "in sight" : "nothing in sight";
  if (told.decision === "NOTHING") return showPicture(told);
  wishWasUsed();
  return show(told);
}

function onSubmit(id, action) {
  byId(id).addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(action, clearVerdict);
  });
}

function present(file) {
  stopWebcam(base);
  return attempt(async () => {
    const told = await postPicture(`${base}/photo`, file, wish());
    wishWasUsed();
    await show(told);
  }, clearVerdict);
}

onSubmit("clock-form", async () => {
  showState((await post(`${base}/clock`, { time: byId("clock-time").value }, wishOfTheClock())).state);
});

onSubmit("loss-form", async () => {
  const fields = byId("lost").value === "card" ? { serial: Number(byId("serial").value) } : {};
  const told = await post(`${base}/loss`, fields, wish());
  wishWasUsed();
  await show(told);
});

onSubmit("keypad", async () => {
  const keys = byId("keys").value;
  byId("keys").value = "";
  await show(await post(`${base}/keys`, { keys }, wishOfTheClock()));
});

onSubmit("collect-form", async () => {
  const { records, state } = await post(`${base}/collect`, {}, wishOfTheClock());
  const lines = records.map((record) => `${JSON.stringify(record)}\n`);
  const link = byId("records");
  URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob(lines, { type: "application/jsonl" }));
  link.download = `${document.body.dataset.lock}.jsonl`;
  link.textContent = `save ${records.length} records`;
  link.hidden = false;
  showState(state);
});

byId("lost").addEventListener("change", (event) => {
  byId("serial").required = event.target.value === "card";
  byId("serial").disabled = !byId("serial").required;
});

byId("pad").addEventListener("click", (event) => {
  if (event.target.localName !== "button") return;
  byId("keys").value = event.target.value ? byId("keys").value + event.target.value : "";
});

setUpPhotos(present);
setUpWebcam(base, wish, showFrame);
listen(`${base}/events`);
