// The browser's camera: one frame after the other to the lock, the next when the last was answered.

import { postAndLeave, postPicture } from "./api.js";
import { byId, tellTrouble } from "./dom.js";
import { clearVerdict } from "./verdict.js";

const PAUSE_MS = 150;
const WIDTH_PX = 640;
const JPEG_QUALITY = 0.9;

const video = byId("video");
const button = byId("webcam");
let media = null;

export function setUpWebcam(base, wish, show) {
  button.addEventListener("click", async () => {
    if (media) stop(base);
    else if (await start()) run(base, wish, show);
  });
  window.addEventListener("pagehide", () => media && stop(base));
}

export function stopWebcam(base) {
  if (media) stop(base);
}

async function start() {
  tellTrouble("");
  try {
    if (!navigator.mediaDevices) throw new Error("a browser gives it to pages of this computer, or over https");
    const wanted = { width: WIDTH_PX, facingMode: "environment" };
    media = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    video.srcObject = media;
    await video.play();
  } catch (error) {
    media = null;
    tellTrouble(`No camera: ${error.message}`);
    return false;
  }
  seen(true);
  return true;
}

async function run(base, wish, show) {
  const mine = media;
  while (media === mine) {
    try {
      const told = await postPicture(`${base}/frame`, await grabbed(), wish());
      if (media === mine) await show(told);
    } catch (error) {
      clearVerdict();
      tellTrouble(error.message);
      stop(base);
    }
    await new Promise((done) => setTimeout(done, PAUSE_MS));
  }
}

function grabbed() {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", JPEG_QUALITY));
}

function stop(base) {
  media?.getTracks().forEach((track) => track.stop());
  media = null;
  seen(false);
  postAndLeave(`${base}/frame/end`);
}

function seen(on) {
  video.hidden = !on;
  button.setAttribute("aria-pressed", String(on));
  if (!on) byId("sight").textContent = "";
}
