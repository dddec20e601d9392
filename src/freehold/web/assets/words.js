// Sentences: what a step did, what a block is, the whole state as a list.

import { KIND } from "./store.js";
import { lowerBound } from "./data.js";

const MOST = 6; // sentences on one step

export function letters(number) {
  let name = "";
  for (number += 1; number > 0; number = Math.floor((number - 1) / 26)) {
    name = String.fromCharCode(65 + ((number - 1) % 26)) + name;
  }
  return name;
}

export function bytesText(count) {
  return count === 1 ? "1 byte" : `${count.toLocaleString("en")} bytes`;
}

// What the step before `position` has done.
export function narrate(app, position) {
  const { store } = app;
  const step = position - 1;
  if (position === 0) return "Before the first step.";
  const parts = [...objectWords(app, step), ...writeWords(app, step), ...frameWords(store, step)];
  for (const fault of store.head.faults) {
    if (fault.step === step) parts.unshift(`${fault.code}: ${fault.message}`);
  }
  const line = store.columns["step.line"][step];
  const more = parts.length > MOST ? [`${parts.length - MOST} more`] : [];
  const said = parts.slice(0, MOST).concat(more).join("; ");
  return `Line ${line}${said ? `: ${said}.` : " has changed nothing that is shown."}`;
}

function objectWords(app, step) {
  const { columns } = app.store;
  const found = [];
  for (const [kind, number] of app.heapEvents.get(step) || []) {
    const size = bytesText(columns["object.size"][number]);
    const letter = app.letter(number);
    if (kind === "alloc") found.push(`block ${letter} of ${size} is allocated`);
    else if (kind === "free") found.push(`block ${letter} of ${size} is freed`);
    else found.push(`the last pointer to block ${letter} is gone: ${size} leak`);
  }
  return found;
}

function writeWords(app, step) {
  const { columns } = app.store;
  const first = lowerBound(columns["write.step"], step);
  const found = [];
  const seen = new Set();
  for (let i = first; i < columns["write.step"].length && columns["write.step"][i] === step; i++) {
    const number = columns["write.object"][i];
    const at = columns["write.offset"][i];
    const key = `${number}:${at}`;
    if (seen.has(key) || found.length > MOST) continue;
    seen.add(key);
    const block = app.blockAt(number);
    const leaf = block && block.leaves.find((one) => one.size && at >= one.at && at < one.at + one.size);
    if (!leaf) continue;
    const name = app.place(number, leaf);
    if (columns["write.length"][i] < 0) found.push(`${name} is moved away`);
    else found.push(`${name} is ${app.valueText(leaf)} now`);
  }
  return found;
}

function frameWords(store, step) {
  const { columns, head } = store;
  const found = [];
  const entered = columns["frame.entered"];
  for (let i = lowerBound(entered, step); i < entered.length && entered[i] === step; i++) {
    found.push(`${head.names[columns["frame.function"][i]]} is called`);
  }
  const frame = columns["step.frame"][step];
  if (frame >= 0 && columns["frame.left"][frame] === step) {
    found.push(`${head.names[columns["frame.function"][frame]]} returns`);
  }
  return found;
}

// The state as lines of text, for those who listen to it.
export function describe(app) {
  const lines = [];
  for (const frame of app.picture.frames) {
    lines.push(`frame ${frame.name}`);
    for (const block of frame.blocks) lines.push(...blockLines(app, block));
  }
  for (const block of app.picture.statics) lines.push(...blockLines(app, block));
  for (const block of app.picture.heap) {
    const size = bytesText(app.store.columns["object.size"][block.number]);
    lines.push(`block ${app.letter(block.number)}, ${size}, ${block.state}${block.cyclic ? " in a cycle" : ""}`);
    if (block.state !== "freed") lines.push(...blockLines(app, block));
  }
  return lines;
}

function blockLines(app, block) {
  return block.leaves.map((leaf) => `${app.place(block.number, leaf)} = ${app.valueText(leaf)}`);
}

export const STATIC_KINDS = new Set([KIND.GLOBAL, KIND.CONST, KIND.LITERAL]);
