// The picture: frames left, blocks right, an arrow for each pointer. Everything is SVG made node by node.

import { bytesText } from "./words.js";

const NS = "http://www.w3.org/2000/svg";
const ROW = 20;
const HEAD = 22;
const PAD = 8;
const CHAR = 7.3; // width of a character of the monospaced font at 12 px
const GAP = 90; // the gutter that arrows run in
const COLUMN = 760; // height after which blocks go on in the next column
const ROWS = 24; // of one block that are drawn
const FOLDED = 4; // equal elements that are drawn as one, at least
const LABELS = { freed: "freed", lost: "leaked", live: "", gone: "gone" };

export function svg(name, attributes, ...children) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, String(value));
  for (const child of children) node.append(child);
  return node;
}

function textWidth(text) {
  return [...text].length * CHAR;
}

function clipped(text, most) {
  const points = [...text];
  return points.length > most ? `${points.slice(0, most - 1).join("")}\u2026` : text;
}

// A box with rows: where it lies, and where each of its leaves is.
function boxOf(app, block, title) {
  const rows = rowsOf(app, block);
  const named = rows.map((row) => [clipped(row.name, 28), clipped(row.value, 30)]);
  const left = Math.max(0, ...named.map(([name]) => textWidth(name)));
  const right = Math.max(0, ...named.map(([, value]) => textWidth(value)));
  const both = left && right ? left + right + 3 * PAD : left + right + 2 * PAD;
  const width = Math.max(textWidth(title) + 2 * PAD, both, 70);
  return { block, title, rows, named, left, width, height: (title ? HEAD : 0) + rows.length * ROW + (rows.length ? 4 : 0) };
}

function rowsOf(app, block) {
  const told = block.leaves.map((leaf) => ({ leaf, name: app.leafName(block, leaf), value: app.valueText(leaf) }));
  const rows = folded(told);
  if (rows.length <= ROWS) return rows;
  const rest = rows.length - ROWS + 1;
  return [...rows.slice(0, ROWS - 1), { leaf: null, name: "", value: `${rest} more` }];
}

// Elements of an array that follow each other and hold the same become one row: [3..9].
function folded(rows) {
  const found = [];
  for (let first = 0; first < rows.length; ) {
    let last = first;
    const start = elementOf(rows[first]);
    while (start && last + 1 < rows.length && isNext(rows[first], rows[last + 1], start, last + 1 - first)) last++;
    if (last - first + 1 < FOLDED) {
      found.push(rows[first]);
      first++;
      continue;
    }
    found.push({ ...rows[first], name: `${start[1]}[${start[2]}..${Number(start[2]) + last - first}]` });
    first = last + 1;
  }
  return found;
}

function elementOf(row) {
  return /^(.*)\[(\d+)\]$/.exec(row.name);
}

function isNext(row, other, start, distance) {
  const its = elementOf(other);
  return its && its[1] === start[1] && Number(its[2]) === Number(start[2]) + distance && other.value === row.value && other.leaf.target === undefined;
}

function drawBox(app, box, x, y) {
  const { block } = box;
  const changed = app.changed.get(block.number) || new Set();
  const words = `${box.title || app.store.name(block.number)}${LABELS[block.state] ? `, ${LABELS[block.state]}` : ""}`;
  const group = svg("g", {
    class: `box ${block.kind} ${block.state}${block.cyclic ? " cyclic" : ""}${app.selected === block.number ? " selected" : ""}`,
    transform: `translate(${x} ${y})`,
    tabindex: 0,
    role: "button",
    "aria-label": words,
    "data-object": block.number,
  });
  if (block.cyclic) group.append(svg("rect", { class: "ring", x: -5, y: -5, width: box.width + 10, height: box.height + 10, rx: 9 }));
  group.append(svg("rect", { class: "frame", width: box.width, height: box.height, rx: 4 }));
  let top = 0;
  if (box.title) {
    group.append(svg("text", { class: "title", x: PAD, y: 15 }, box.title));
    top = HEAD;
  }
  box.rows.forEach((row, index) => {
    const at = top + index * ROW;
    const [name, value] = box.named[index];
    const leaf = row.leaf;
    const state = !leaf ? "more" : leaf.moved ? "moved" : leaf.unset ? "unset" : "set";
    const mark = leaf && changed.has(leaf.at) ? " changed" : "";
    const cell = svg("g", { class: `row ${state}${mark}`, ...(leaf && leaf.size ? { "data-at": leaf.at } : {}) });
    cell.append(svg("rect", { class: "cell", x: 1, y: at, width: box.width - 2, height: ROW }));
    cell.append(svg("text", { class: "name", x: PAD, y: at + 14 }, name));
    cell.append(svg("text", { class: "value", x: PAD + (box.left ? box.left + PAD : 0), y: at + 14 }, value));
    if (leaf) cell.append(svg("title", {}, `${leaf.type}, ${leaf.size ? bytesText(leaf.size) : "variant"}${leaf.moved ? ", moved" : ""}`));
    group.append(cell);
    if (leaf && leaf.size) app.anchors.set(`${block.number}:${leaf.at}`, { x: x + box.width, y: y + at + ROW / 2, left: x });
  });
  app.boxes.set(block.number, { x, y, width: box.width, height: box.height, top });
  return group;
}

function drawFrames(app, layer, under) {
  let y = 28;
  let width = 0;
  for (const frame of app.picture.frames) {
    const boxes = frame.blocks.map((block) => boxOf(app, block, ""));
    const size = frame.size ? bytesText(frame.size) : "";
    const inner = Math.max(120, textWidth(`${frame.title}  ${size}`) + 2 * PAD, ...boxes.map((box) => box.width));
    const height = HEAD + boxes.reduce((sum, box) => sum + box.height + 4, 0) + 6;
    const group = svg("g", { class: `stackframe${frame.active ? " active" : ""}` });
    group.append(svg("rect", { x: 8, y, width: inner + 12, height, rx: 6 }));
    group.append(svg("text", { class: "title", x: 16, y: y + 16 }, frame.title));
    group.append(svg("text", { class: "note", x: inner + 14, y: y + 16, "text-anchor": "end" }, size));
    under.append(group);
    let at = y + HEAD;
    for (const box of boxes) {
      box.width = inner;
      layer.append(drawBox(app, box, 14, at));
      at += box.height + 4;
    }
    y += height + 10;
    width = Math.max(width, inner + 20);
  }
  if (app.picture.pointer) {
    const text = `stack pointer 0x${app.picture.pointer.toString(16)}`;
    layer.append(svg("text", { class: "note", x: 8, y: y + 6 }, text));
    width = Math.max(width, textWidth(text) + 8);
    y += 18;
  }
  return { width, y };
}

function drawStatics(app, layer, y, least) {
  let width = least;
  if (!app.picture.statics.length) return { width, y };
  layer.append(svg("text", { class: "heading", x: 8, y: y + 14 }, "Static data"));
  y += 24;
  for (const block of app.picture.statics) {
    const box = boxOf(app, block, "");
    layer.append(drawBox(app, box, 14, y));
    y += box.height + 6;
    width = Math.max(width, box.width + 20);
  }
  return { width, y };
}

function drawHeap(app, layer, x) {
  let y = 28;
  let column = 0;
  let bottom = y;
  for (const block of app.picture.heap) {
    const size = bytesText(app.store.columns["object.size"][block.number]);
    const word = LABELS[block.state] ? `, ${LABELS[block.state]}${block.cyclic ? " in a cycle" : ""}` : "";
    const box = boxOf(app, block, `${app.letter(block.number)}: ${size}${word}`);
    if (y > 28 && y + box.height > COLUMN) {
      x += column + GAP;
      y = 28;
      column = 0;
    }
    layer.append(drawBox(app, box, x, y));
    column = Math.max(column, box.width);
    y += box.height + 14;
    bottom = Math.max(bottom, y);
  }
  if (app.picture.folded) {
    layer.append(svg("text", { class: "note", x, y: y + 14 }, `${app.picture.folded} more blocks are not drawn`));
    bottom = Math.max(bottom, y + 24);
  }
  return { right: x + column, bottom };
}

function drawArrow(app, arrow) {
  const from = app.anchors.get(`${arrow.source}:${arrow.at}`);
  const to = app.boxes.get(arrow.target);
  if (!from || !to) return null;
  const key = `${arrow.target}:${arrow.to}`;
  const leaf = app.anchors.get(key);
  const y = leaf && arrow.to ? leaf.y : to.y + (to.top ? 10 : Math.min(10, to.height / 2));
  const start = from.x;
  let path;
  if (to.x > start) {
    const bend = Math.max(24, (to.x - start) / 2);
    path = `M ${start} ${from.y} C ${start + bend} ${from.y}, ${to.x - bend} ${y}, ${to.x} ${y}`;
  } else {
    const out = Math.max(start, to.x + to.width) + 26;
    path = `M ${start} ${from.y} C ${out} ${from.y}, ${out} ${y}, ${to.x + to.width} ${y}`;
  }
  const classes = `arrow ${arrow.holds}${arrow.dangling ? " dangling" : ""}`;
  const line = svg("path", { class: classes, d: path, "marker-end": `url(#${app.id}-${arrow.dangling ? "broken" : arrow.holds})` });
  line.append(svg("title", {}, app.arrowText(arrow)));
  return line;
}

function marker(app, name) {
  const shape = name === "broken" ? "M 1 1 L 9 9 M 9 1 L 1 9" : "M 0 0 L 10 5 L 0 10 z";
  return svg(
    "marker",
    { id: `${app.id}-${name}`, class: `head ${name}`, viewBox: "0 0 10 10", refX: name === "broken" ? 5 : 9, refY: 5, markerWidth: 11, markerHeight: 11, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" },
    svg("path", { d: shape }),
  );
}

export function draw(app) {
  app.anchors = new Map();
  app.boxes = new Map();
  const under = svg("g", {});
  const layer = svg("g", {});
  const stack = drawFrames(app, layer, under);
  const left = drawStatics(app, layer, stack.y + 6, stack.width);
  const x = Math.max(left.width, 150) + GAP;
  layer.prepend(svg("text", { class: "heading", x: 8, y: 16 }, "Stack"), svg("text", { class: "heading", x, y: 16 }, "Heap"));
  const heap = drawHeap(app, layer, x);
  const arrows = svg("g", { class: "arrows" });
  for (const arrow of app.picture.arrows) {
    const line = drawArrow(app, arrow);
    if (line) arrows.append(line);
  }
  const width = Math.max(heap.right, x + 60) + 50;
  const height = Math.max(left.y, heap.bottom) + 16;
  const defs = svg("defs", {});
  for (const name of ["owner", "shared", "exclusive", "raw", "weak", "broken"]) defs.append(marker(app, name));
  const hatch = svg("pattern", { id: `${app.id}-hatch`, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  hatch.append(svg("line", { x1: 0, y1: 0, x2: 0, y2: 6, class: "hatch" }));
  defs.append(hatch);
  for (const cell of layer.querySelectorAll(".row.unset .cell")) cell.style.fill = `url(#${app.id}-hatch)`;
  app.svg.replaceChildren(defs, under, arrows, layer); // arrows pass behind boxes
  app.svg.setAttribute("viewBox", `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`);
  app.svg.setAttribute("width", Math.ceil(width));
  app.svg.setAttribute("height", Math.ceil(height));
}
