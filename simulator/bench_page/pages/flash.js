// The flash, block by block: its slots as runs of colour, how often it was erased.

import { byId, element, tableRow } from "./dom.js";

const KINDS = {
  ".": ["erased", "--erased"],
  h: ["header or seal", "--head"],
  s: ["snapshot", "--snapshot"],
  r: ["rows", "--rows"],
  t: ["torn", "--torn"],
  o: ["old", "--old"],
};
const SLOT_PX = 6;
const HEIGHT_PX = 12;

export function showFlash(flash) {
  const shown = flash.blocks.length < flash.blocks_total ? `, the first ${flash.blocks.length} shown` : "";
  byId("flash-about").textContent =
    `${flash.geometry}, ${flash.blocks_total} blocks of ${flash.block_bytes} bytes, ${flash.slots} slots each` +
    `${shown}; endures ${flash.endurance.toLocaleString("en")} erases`;
  byId("flash").tBodies[0].replaceChildren(...flash.blocks.map((block) => blockRow(block, flash.slots)));
}

function blockRow(block, slots) {
  const cells = [block.block, block.ring, block.sequence ?? "–", block.erases, slotsOf(block, slots)];
  return tableRow(cells, block.newest ? "newest" : "");
}

function slotsOf(block, slots) {
  const canvas = element("canvas");
  canvas.width = slots * SLOT_PX;
  canvas.height = HEIGHT_PX;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", inWords(block.runs));
  canvas.title = inWords(block.runs);
  const colours = getComputedStyle(document.documentElement);
  const pen = canvas.getContext("2d");
  let place = 0;
  for (const [letter, length] of block.runs) {
    pen.fillStyle = colours.getPropertyValue(KINDS[letter][1]);
    for (const end = place + length; place < end; place += 1) pen.fillRect(place * SLOT_PX, 0, SLOT_PX - 1, HEIGHT_PX);
  }
  return canvas;
}

function inWords(runs) {
  const counts = new Map();
  for (const [letter, length] of runs) counts.set(letter, (counts.get(letter) ?? 0) + length);
  return [...counts].map(([letter, count]) => `${count} ${KINDS[letter][0]}`).join(", ");
}
