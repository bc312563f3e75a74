// Photos before the camera: chosen, dropped, or the last one again.

import { byId } from "./dom.js";

const drop = byId("drop");
let last = null;

export function setUpPhotos(present) {
  const take = (file) => {
    if (!file) return;
    last = file;
    byId("again").disabled = false;
    present(file);
  };
  byId("photo").addEventListener("change", (event) => {
    take(event.target.files[0]);
    event.target.value = ""; // so that choosing the same file again is a change
  });
  byId("again").addEventListener("click", () => take(last));
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    take(event.dataTransfer.files[0]);
  });
}
