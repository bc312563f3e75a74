// What the lock's camera sees, grey, with an outline around every code; the one that the lock took is green.

import { byId } from "./dom.js";

const canvas = byId("picture");

export async function showPicture(told) {
  const image = new Image();
  image.src = told.picture.png;
  await image.decode();
  byId("hint").hidden = true;
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const scale = image.naturalWidth / told.picture.width_px;
  for (const outline of told.outlines) drawOutline(pen, outline, scale);
  const { width_px, height_px } = told.picture;
  const found = `codes found: ${told.outlines.length}`;
  canvas.setAttribute("aria-label", `Grey frame of ${width_px} by ${height_px} pixels, ${found}`);
}

function drawOutline(pen, outline, scale) {
  pen.beginPath();
  outline.corners.forEach(([x, y]) => pen.lineTo(x * scale, y * scale));
  pen.closePath();
  pen.lineWidth = Math.max(2, canvas.width / 200);
  pen.strokeStyle = outline.taken ? "#2fd07a" : "#ffb020";
  pen.stroke();
  const [x, y] = outline.corners[0]; // the symbol's own top left
  pen.fillStyle = pen.strokeStyle;
  pen.fillRect(x * scale - pen.lineWidth * 1.5, y * scale - pen.lineWidth * 1.5, pen.lineWidth * 3, pen.lineWidth * 3);
}
