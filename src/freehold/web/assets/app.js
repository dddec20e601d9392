// The page: panes, controls, keyboard. One App for each recorded run.

import { readTrace, lowerBound } from "./data.js";
import { leavesOf, UNSET } from "./values.js";
import { KIND, Store } from "./store.js";
import { bytesText, describe, letters, narrate, STATIC_KINDS } from "./words.js";
import { draw, svg } from "./draw.js";

const DRAWN = 60; // blocks at most
const GHOSTS = 8; // freed blocks that nothing points to
const AROUND = 150; // lines of source kept above and below the current one
const LONG = 400; // characters of a line that are shown
const TICKS = 400;
const RESULT = "the result";
const SLICE = 12; // milliseconds
const KINDS = ["alloc", "free", "lost", "fault"];
const LANES = 4; // borrows that are shown side by side
const LINE_HEIGHT = 18.75; // as page.css has it
const NAMES = { 2: "heap", 3: "stack", 4: "static", 5: "literal", 10: "stack", 11: "stack", 15: "static" };

function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, String(value));
  }
  node.append(...children);
  return node;
}

function resultLast(numbers, store) {
  return numbers.filter((n) => store.name(n) !== RESULT).concat(numbers.filter((n) => store.name(n) === RESULT));
}

class App {
  constructor(trace, title, index, alone) {
    this.id = `p${index}`;
    this.index = index;
    this.alone = alone;
    this.store = new Store(trace);
    this.title = title;
    this.position = 0;
    this.selected = -1;
    this.field = -1; // offset of the selected field in the selected block
    this.bytes = false;
    this.changed = new Map();
    this.indexObjects();
    this.indexGhosts();
    this.markedLines = this.linesWithSteps();
    this.build();
  }

  indexObjects() {
    const { columns } = this.store;
    this.heapBlocks = [];
    this.order = new Map();
    this.heapEvents = new Map();
    for (let number = 0; number < this.store.objects; number++) {
      const kind = columns["object.kind"][number];
      if (kind === KIND.HEAP) {
        this.order.set(number, this.heapBlocks.length);
        this.heapBlocks.push(number);
        this.noteEvent(columns["object.born"][number], "alloc", number);
        this.noteEvent(columns["object.died"][number], "free", number);
        this.noteEvent(columns["object.lost"][number], "lost", number);
      }
    }
  }

  // Which step allocates, frees or loses which block.
  noteEvent(step, kind, number) {
    if (step < 0 && kind !== "alloc") return;
    if (!this.heapEvents.has(step)) this.heapEvents.set(step, []);
    this.heapEvents.get(step).push([kind, number]);
  }

  // For each source, whether a step is on each of its lines.
  linesWithSteps() {
    const { "step.line": lines, "step.source": sources } = this.store.columns;
    const found = this.store.head.sources.map((source) => new Uint8Array(source.text.split("\n").length + 1));
    for (let i = 0; i < lines.length; i++) found[sources[i]][lines[i]] = 1;
    return found;
  }

  // ------------------------------------------------------------------------------- the model

  letter(number) {
    return letters(this.order.get(number) ?? 0);
  }

  block(number) {
    const { columns, head } = this.store;
    const size = columns["object.size"][number];
    const state = this.store.state(number, this.position);
    const cell = state === "freed" ? null : this.store.cell(number);
    const leaves = cell ? leavesOf(head.types, columns["object.type"][number], size, cell) : [];
    return { number, state, kind: NAMES[columns["object.kind"][number]] || "heap", leaves };
  }

  // Whether it is the place of a result that is not there yet.
  waits(number) {
    return this.store.name(number) === RESULT && this.store.cell(number).state.every((one) => one === UNSET);
  }

  // Whether a freed block has just been freed, or something still points to it.
  isNews(number) {
    return this.store.died[number] === this.position - 1 || this.picture.arrows.some((arrow) => arrow.target === number);
  }

  blockAt(number) {
    return this.shown.get(number);
  }

  compute() {
    const { store, position } = this;
    const { columns, head } = store;
    store.seek(position);
    this.shown = new Map();
    const keep = (number) => {
      const made = this.block(number);
      this.shown.set(number, made);
      return made;
    };
    const { kind } = store;
    const alive = store.alive(position);
    const blocks = alive.filter((n) => kind[n] === KIND.HEAP);
    const numbers = store.frames(position);
    const ofFrame = new Map(numbers.map((frame) => [frame, []]));
    for (const number of alive) if (!this.waits(number)) ofFrame.get(columns["object.frame"][number])?.push(number);
    const frames = numbers.map((frame, depth) => ({
      name: head.names[columns["frame.function"][frame]],
      title: `${head.names[columns["frame.function"][frame]]}()`,
      size: columns["frame.size"][frame],
      active: depth === numbers.length - 1,
      blocks: resultLast(ofFrame.get(frame), store).map(keep),
    }));
    const statics = alive.filter((n) => kind[n] === KIND.GLOBAL).map(keep);
    const heap = blocks.slice(-DRAWN).map(keep);
    const arrows = this.arrows();
    const pointed = new Set(arrows.map((arrow) => arrow.target));
    for (const number of pointed) {
      if (STATIC_KINDS.has(kind[number]) && !this.shown.has(number)) statics.push(keep(number));
    }
    const dangling = arrows.filter((arrow) => arrow.dangling).map((arrow) => arrow.target);
    const ghosts = dangling.filter((n) => store.state(n, position) === "freed").concat(store.freed(position, GHOSTS));
    for (const number of ghosts) if (!this.shown.has(number)) heap.push(keep(number));
    heap.sort((a, b) => a.number - b.number);
    const last = numbers[numbers.length - 1];
    const pointer = last === undefined ? 0 : columns["frame.low"][last] + columns["frame.size"][last];
    this.picture = { frames, pointer, statics, heap, arrows, folded: Math.max(0, blocks.length - DRAWN) };
    this.markCycles(heap, arrows);
    for (const block of heap) if (block.state === "freed" && this.isNews(block.number)) this.recall(block);
    this.noteChanges();
  }

  // Leaked blocks that lead back to themselves.
  markCycles(heap, arrows) {
    const lost = new Map(heap.filter((block) => block.state === "lost").map((block) => [block.number, block]));
    const held = new Map([...lost.keys()].map((number) => [number, []]));
    for (const { source, target } of arrows) if (lost.has(source) && lost.has(target)) held.get(source).push(target);
    for (const [number, block] of lost) {
      const pending = [...held.get(number)];
      const seen = new Set();
      while (pending.length && !block.cyclic) {
        const one = pending.pop();
        block.cyclic = one === number;
        if (!seen.has(one)) pending.push(...held.get(one));
        seen.add(one);
      }
    }
  }

  // Let a freed block tell what it held.
  recall(block) {
    const { columns, head } = this.store;
    const { number } = block;
    block.leaves = leavesOf(head.types, columns["object.type"][number], columns["object.size"][number], this.store.remains(number));
  }

  arrows() {
    const { store, position } = this;
    const { columns } = store;
    const found = [];
    for (const [source, block] of this.shown) {
      if (block.state === "freed") continue;
      for (const leaf of block.leaves) {
        if (leaf.target === undefined || leaf.moved) continue;
        const to = leaf.address - columns["object.base"][leaf.target];
        const state = store.state(leaf.target, position);
        const dangling = state === "freed" || state === "gone" || to < 0 || to > columns["object.size"][leaf.target];
        found.push({ source, at: leaf.at, target: leaf.target, to, holds: leaf.holds, dangling });
      }
    }
    return found;
  }

  noteChanges() {
    const { columns } = this.store;
    this.changed = new Map();
    const steps = columns["write.step"];
    for (let i = lowerBound(steps, this.position - 1); i < steps.length && steps[i] === this.position - 1; i++) {
      const number = columns["write.object"][i];
      if (!this.changed.has(number)) this.changed.set(number, new Set());
      const marks = this.changed.get(number);
      const block = this.shown.get(number);
      if (!block) continue;
      const start = columns["write.offset"][i];
      const end = start + Math.abs(columns["write.length"][i]);
      for (const leaf of block.leaves) if (leaf.at < end && leaf.at + leaf.size > start) marks.add(leaf.at);
    }
  }

  // ---------------------------------------------------------------------------------- words

  leafName(block, leaf) {
    const own = block.kind === "heap" ? "" : this.store.name(block.number);
    const name = `${own}${leaf.path}`;
    return name.startsWith(".") ? name.slice(1) : name;
  }

  place(number, leaf) {
    const block = this.shown.get(number);
    const name = this.leafName(block, leaf);
    return block.kind === "heap" ? `${this.letter(number)}${name ? `.${name}` : ""}` : name;
  }

  targetName(number) {
    if (this.order.has(number)) return this.letter(number);
    return this.store.name(number) || "?";
  }

  valueText(leaf) {
    if (leaf.moved) return "moved";
    if (leaf.target === undefined) return leaf.text;
    const base = this.store.columns["object.base"][leaf.target];
    const to = leaf.address - base;
    return `\u2192 ${this.targetName(leaf.target)}${to ? `+${to}` : ""}`;
  }

  arrowText(arrow) {
    const words = { owner: "owns", shared: "borrows (&)", exclusive: "borrows (&mut)", raw: "points to", weak: "weakly points to" };
    const verb = arrow.dangling ? "dangles: it pointed to" : words[arrow.holds];
    return `${verb} ${this.targetName(arrow.target)}`;
  }

  // ------------------------------------------------------------------------------------- DOM

  build() {
    const { head } = this.store;
    const button = (text, label, key, action) =>
      el("button", { type: "button", title: `${label} (${key})`, "aria-label": label, onclick: action }, text);
    this.range = el("input", {
      type: "range",
      min: 0,
      max: this.store.steps,
      value: 0,
      "aria-label": `step of ${this.title}`,
      oninput: () => this.go(Number(this.range.value)),
    });
    this.counter = el("span", { class: "counter" });
    this.playing = button("\u25b6", "play", "space", () => this.play());
    const controls = el(
      "div",
      { class: "controls", role: "group", "aria-label": `steps of ${this.title}` },
      button("|\u2039", "first step", "Home", () => this.go(0)),
      button("\u2039", "step back", "left", () => this.go(this.position - 1)),
      this.playing,
      button("\u203a", "step forward", "right", () => this.go(this.position + 1)),
      button("\u203a|", "end", "End", () => this.go(this.store.steps)),
      button("\u26a0", "next error", "e", () => this.jump("fault")),
      button("alloc", "next allocation", "a", () => this.jump("alloc")),
      button("free", "next free", "f", () => this.jump("free")),
      button("save", "save the picture as SVG", "s", () => this.save()),
      this.counter,
    );
    this.ticks = svg("svg", { class: "ticks", viewBox: `0 0 ${TICKS} 12`, preserveAspectRatio: "none", "aria-hidden": "true" });
    this.narration = el("p", { class: "narration", "aria-live": "polite" });
    this.fault = el("pre", { class: "fault", tabindex: 0, "aria-label": "finding", hidden: "" });
    this.source = el("div", { class: "source", tabindex: 0, role: "region", "aria-label": `source of ${this.title}` });
    this.svg = svg("svg", { class: "picture", role: "group", "aria-label": `memory of ${this.title}` });
    const canvas = el("div", { class: "canvas", tabindex: 0, role: "region", "aria-label": `picture of ${this.title}` }, this.svg);
    this.output = el("pre", { class: "output", tabindex: 0, "aria-label": `output of ${this.title}` });
    this.details = el("div", { class: "details", "aria-live": "polite" });
    this.list = el("ul", { class: "list" });
    const asText = el("details", {}, el("summary", {}, "Memory as text"), this.list);
    asText.addEventListener("toggle", () => this.showList());
    this.asText = asText;
    this.root = el(
      "section",
      { class: "panel", "aria-label": this.title },
      el("header", {}, el("h1", {}, this.title), controls, this.range, this.ticks, this.narration),
      el("div", { class: "panes" },
        el("div", { class: "left" }, el("h2", {}, "Source"), this.source, el("h2", {}, "Output"), this.output),
        el("div", { class: "right" }, this.fault, canvas, this.details, asText)),
    );
    const [steps, every, taken] = [this.store.steps, head.every, head.taken].map((count) => count.toLocaleString("en"));
    if (head.full) this.root.append(el("p", { class: "note" }, `The first ${taken} steps of the run were recorded: then the log was full.`));
    else if (head.taken > this.store.steps) {
      const words = `The run took ${taken} steps; ${steps} of them are here: all of the first ${every}, then one in 2, one in 4, and so on.`;
      this.root.append(el("p", { class: "note" }, words));
    }
    this.svg.addEventListener("click", (event) => this.select(event.target));
    this.svg.addEventListener("keydown", (event) => event.key === "Enter" && this.select(event.target));
    this.room = 420;
    new ResizeObserver(() => (this.room = this.source.clientHeight)).observe(this.source);
    this.drawTicks();
  }

  drawTicks() {
    const { columns, head, steps } = this.store;
    const seen = new Set();
    const tick = (step, kind) => {
      if (step < 0) return;
      const x = Math.round((TICKS * (step + 1)) / Math.max(steps, 1));
      const key = x * 8 + KINDS.indexOf(kind);
      if (seen.has(key)) return;
      seen.add(key);
      this.ticks.append(svg("line", { class: kind, x1: x, x2: x, y1: kind === "fault" ? 0 : kind === "alloc" ? 3 : 6, y2: 12 }));
    };
    for (const number of this.heapBlocks) {
      tick(columns["object.born"][number], "alloc");
      tick(columns["object.died"][number], "free");
      tick(columns["object.lost"][number], "lost");
    }
    for (const fault of head.faults) tick(fault.step, "fault");
  }

  go(position) {
    this.position = Math.max(0, Math.min(position, this.store.steps));
    this.compute();
    draw(this);
    this.showSource();
    this.narration.textContent = narrate(this, this.position);
    this.counter.textContent = `${this.position.toLocaleString("en")} / ${this.store.steps.toLocaleString("en")}`;
    this.range.value = String(this.position);
    this.showFault();
    this.showOutput();
    this.showDetails();
    this.showList();
    const hash = this.alone ? `#step=${this.position}` : `#${this.index}:${this.position}`;
    history.replaceState(null, "", hash);
  }

  showFault() {
    const found = this.store.head.faults.filter((fault) => fault.step === this.position - 1);
    this.fault.hidden = found.length === 0;
    this.fault.textContent = found.map((fault) => fault.text).join("\n");
  }

  showOutput() {
    const all = this.store.columns.stdout;
    const end = this.position < this.store.steps ? this.store.columns["step.printed"][this.position] : all.length;
    const text = new TextDecoder().decode(all.subarray(Math.max(0, end - 20000), end)) || " ";
    if (text === this.output.textContent) return;
    this.output.textContent = text;
    this.output.scrollTop = this.output.scrollHeight;
  }

  currentPlace() {
    const { columns, steps } = this.store;
    if (!steps) return { source: 0, line: 0 };
    const at = Math.min(this.position, steps - 1);
    return { source: columns["step.source"][at], line: this.position < steps ? columns["step.line"][at] : 0 };
  }

  linesOf(source) {
    this.texts = this.texts || new Map();
    if (!this.texts.has(source)) this.texts.set(source, this.store.head.sources[source].text.split("\n"));
    return this.texts.get(source);
  }

  showSource() {
    const { columns } = this.store;
    const { source, line } = this.currentPlace();
    const before = this.position > 0 ? columns["step.line"][this.position - 1] : 0;
    const current = line || before;
    const held = this.held;
    if (!held || held.source !== source || current <= held.first || current > held.last) this.fillSource(source, current);
    for (const row of this.marked || []) row.classList.remove("next", "done");
    const done = this.rowOf.get(before);
    const next = this.rowOf.get(line);
    done?.classList.add("done");
    next?.classList.add("next");
    this.marked = [done, next].filter(Boolean);
    const top = (this.held.order.get(current) ?? 0) * LINE_HEIGHT;
    const room = this.room;
    if (top < this.scrolled + LINE_HEIGHT || top > this.scrolled + room - 2 * LINE_HEIGHT) {
      this.scrolled = Math.max(0, top - room / 2);
      this.source.scrollTop = this.scrolled;
    }
  }

  // Rows for the lines around the current one: a file may have any number.
  fillSource(source, current) {
    const lines = this.linesOf(source);
    const first = Math.max(0, current - AROUND);
    const last = Math.min(lines.length, current + AROUND);
    const rows = [];
    const order = new Map();
    this.rowOf = new Map();
    this.scrolled = 0;
    for (let number = first + 1; number <= last; number++) {
      const text = lines[number - 1];
      const runs = this.markedLines[source][number] === 1;
      rows.push(...this.ghostsAt(source, number, 1, text));
      const row = el("div", { class: runs ? "line runs" : "line" }, el("span", { class: "number" }, String(number)));
      if (this.lanes) row.append(this.borrowCell(source, number));
      order.set(number, rows.length);
      this.rowOf.set(number, row);
      row.append(el("code", {}, text.length > LONG ? `${text.slice(0, LONG)}\u2026` : text || " "));
      if (runs) row.addEventListener("click", () => this.jumpToLine(source, number));
      rows.push(row);
      rows.push(...this.ghostsAt(source, number, 0, text));
    }
    this.source.replaceChildren(...rows);
    this.source.scrollTop = 0;
    this.held = { source, first, last, order };
  }

  // What the compiler does above (or below) a line: drops, moves, ends of borrows.
  ghostsAt(source, number, above, text) {
    if (source !== 0) return [];
    const indent = /^\s*/.exec(text)[0] + (above ? "    " : "");
    return (this.ghosts.get(`${number}:${above}`) || []).map((ghost) =>
      el("div", { class: `line ghost ${ghost[2]}` }, el("span", { class: "number" }, ""),
        ...(this.lanes ? [this.borrowCell(source, above ? number - 1 : number, true)] : []),
        el("code", {}, `${indent}// ${ghost[3]}`)));
  }

  indexGhosts() {
    this.ghosts = new Map();
    this.borrows = [];
    const ends = []; // of the last borrow in each lane
    for (const ghost of this.store.head.ghosts) {
      const [line, above, kind, text, since] = ghost;
      const key = `${line}:${above}`;
      if (!this.ghosts.has(key)) this.ghosts.set(key, []);
      this.ghosts.get(key).push(ghost);
      if (kind !== "borrow" || since === 0 || since > line) continue;
      let lane = ends.findIndex((end) => end < since);
      if (lane < 0) lane = ends.length;
      if (lane >= LANES) continue;
      ends[lane] = line;
      this.borrows.push({ since, line, lane, text });
    }
    this.lanes = ends.length;
  }

  // Which borrows last over a line: a bar for each, from where it is made to its last use.
  borrowCell(source, number, between = false) {
    const cell = el("span", { class: "borrows" });
    const found = source === 0 ? this.borrows.filter((one) => one.since <= number && number <= one.line) : [];
    for (let lane = 0; lane < this.lanes; lane++) {
      const one = found.find((borrow) => borrow.lane === lane);
      const ends = one && (number === one.line ? (between ? " " : one.since === one.line ? "\u2576" : "\u2570") : number === one.since && !between ? "\u256d" : "\u2502");
      cell.append(ends || " ");
    }
    if (found.length) cell.title = found.map((one) => one.text).join("\n");
    return cell;
  }

  showList() {
    if (!this.asText.open) return;
    this.list.replaceChildren(...describe(this).map((line) => el("li", {}, line)));
  }

  // ------------------------------------------------------------------------------ going about

  jump(kind) {
    const { columns, head } = this.store;
    const steps = [];
    if (kind === "fault") steps.push(...head.faults.map((fault) => fault.step));
    else {
      const column = kind === "alloc" ? columns["object.born"] : columns["object.died"];
      for (const number of this.heapBlocks) if (column[number] >= 0) steps.push(column[number]);
    }
    steps.sort((a, b) => a - b);
    if (steps.length) this.go((steps[lowerBound(steps, this.position)] ?? steps[0]) + 1);
  }

  jumpToLine(source, line) {
    const { "step.line": lines, "step.source": sources } = this.store.columns;
    for (let count = 1; count <= lines.length; count++) {
      const step = (this.position + count) % lines.length;
      if (lines[step] === line && sources[step] === source) {
        this.go(step);
        return;
      }
    }
  }

  play() {
    if (this.timer) {
      clearInterval(this.timer);
      this.timer = null;
      this.playing.textContent = "\u25b6";
      return;
    }
    this.playing.textContent = "\u275a\u275a";
    this.timer = setInterval(() => {
      if (this.position >= this.store.steps) this.play();
      else this.go(this.position + 1);
    }, 700);
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step) this.go(this.position + step);
    else if (event.key === "Home") this.go(0);
    else if (event.key === "End") this.go(this.store.steps);
    else if (event.key === "e") this.jump("fault");
    else if (event.key === "a") this.jump("alloc");
    else if (event.key === "f") this.jump("free");
    else if (event.key === "s") this.save();
    else if (event.key === " ") this.play();
    else return false;
    return true;
  }

  // ------------------------------------------------------------------------------- one object

  select(target) {
    const box = target.closest("[data-object]");
    this.selected = box ? Number(box.getAttribute("data-object")) : -1;
    this.field = Number(target.closest("[data-at]")?.getAttribute("data-at") ?? -1);
    draw(this);
    this.showDetails();
  }

  showDetails() {
    this.details.replaceChildren();
    if (this.selected < 0) return;
    const { columns } = this.store;
    const number = this.selected;
    const heap = this.order.has(number);
    const title = heap ? `Block ${this.letter(number)}` : this.store.name(number);
    const state = this.store.state(number, this.position) || "not there yet";
    const facts = [`${bytesText(columns["object.size"][number])} at 0x${columns["object.base"][number].toString(16)}`, state];
    if (heap) facts.push(`allocated at line ${columns["object.line"][number]}`);
    if (columns["object.died"][number] >= 0) facts.push(`${heap ? "freed" : "ends"} at line ${columns["object.died_line"][number]}`);
    const toggle = el("button", { type: "button", onclick: () => this.toggleBytes() }, this.bytes ? "fields" : "bytes");
    this.details.append(el("h2", {}, title), el("p", {}, facts.join("; ")), ...this.fieldFacts(number), toggle, this.history(number));
    if (this.bytes) this.details.append(this.dump(number));
  }

  // The selected field, and the step that wrote it last.
  fieldFacts(number) {
    const leaf = this.blockAt(number)?.leaves.find((one) => one.at === this.field && one.size);
    if (!leaf) return [];
    const name = this.leafName(this.blockAt(number), leaf) || leaf.type;
    const words = `${name}: ${this.valueText(leaf)} (${leaf.type}, ${bytesText(leaf.size)} at +${leaf.at}), `;
    return [el("p", { class: "field" }, words, this.writerOf(number, leaf.at, leaf.at + leaf.size))];
  }

  // The step that last wrote one of some bytes, to go to, or that none did.
  writerOf(number, from, to) {
    const { columns } = this.store;
    const change = this.store.writer(number, from, to, this.position);
    if (change < 0) return "never written";
    const step = columns["write.step"][change];
    const line = step >= 0 ? `line ${columns["step.line"][step]}` : "before main";
    return el("button", { type: "button", onclick: () => this.go(step + 1) }, `last written by step ${step + 1}, ${line}`);
  }

  // A click on a byte of the dump leads to the step that wrote it last.
  goToWriter(number, byte) {
    const change = byte ? this.store.writer(number, Number(byte.dataset.byte), Number(byte.dataset.byte) + 1, this.position) : -1;
    if (change >= 0) this.go(this.store.columns["write.step"][change] + 1);
  }

  toggleBytes() {
    this.bytes = !this.bytes;
    this.showDetails();
  }

  history(number) {
    const { columns } = this.store;
    const items = [];
    const add = (step, words) => items.push([step, words]);
    add(columns["object.born"][number], "begins");
    const objects = columns["write.object"];
    for (let i = 0; i < objects.length && items.length < 200; i++) {
      if (objects[i] !== number) continue;
      const length = columns["write.length"][i];
      const what = length < 0 ? "moved away" : `${bytesText(length)} written at +${columns["write.offset"][i]}`;
      add(columns["write.step"][i], what);
    }
    if (columns["object.lost"][number] >= 0) add(columns["object.lost"][number], "leaks: the last pointer goes");
    if (columns["object.died"][number] >= 0) add(columns["object.died"][number], "ends");
    const list = el("ol", { class: "history", tabindex: 0, "aria-label": "history" });
    for (const [step, words] of items) {
      const line = step >= 0 ? `line ${columns["step.line"][step]}` : "before main";
      const go = el("button", { type: "button", onclick: () => this.go(step + 1) }, `step ${step + 1}, ${line}`);
      list.append(el("li", {}, go, ` ${words}`));
    }
    return list;
  }

  dump(number) {
    const freed = this.store.state(number, this.position) === "freed";
    const cell = freed ? this.store.remains(number) : this.store.cell(number);
    const dump = el("pre", {
      class: "dump",
      tabindex: 0,
      "aria-label": "bytes, -- is uninitialised",
      title: "click a byte to go to its last writer",
      onclick: (event) => this.goToWriter(number, event.target.closest("[data-byte]")),
    });
    for (let at = 0; at < Math.min(cell.data.length, 1024); at += 16) {
      const part = [...cell.data.subarray(at, at + 16)];
      const isSet = (i) => cell.state[at + i] === 1;
      const text = part.map((b, i) => (isSet(i) && b >= 32 && b < 127 ? String.fromCharCode(b) : ".")).join("");
      dump.append(`${at ? "\n" : ""}${at.toString(16).padStart(4, "0")} `);
      part.forEach((b, i) => dump.append(" ", el("span", { "data-byte": at + i }, isSet(i) ? b.toString(16).padStart(2, "0") : "--")));
      dump.append(`${" ".repeat(3 * (16 - part.length))}  ${text}`);
    }
    return dump;
  }

  save() {
    const copy = this.svg.cloneNode(true);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    const style = svg("style", {});
    style.textContent = document.querySelector("style").textContent;
    copy.prepend(style);
    const text = new XMLSerializer().serializeToString(copy);
    const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "image/svg+xml" })), download: `${this.title}-${this.position}.svg` });
    link.click();
  }
}

function fromHash(app) {
  const match = app.alone ? /^#step=(\d+)$/.exec(location.hash) : new RegExp(`^#${app.index}:(\\d+)$`).exec(location.hash);
  return match ? Number(match[1]) : null;
}

async function start() {
  const data = [...document.querySelectorAll("script.trace")];
  const panels = document.getElementById("panels");
  const apps = [];
  panels.classList.toggle("several", data.length > 1);
  for (const [index, node] of data.entries()) {
    const trace = await readTrace(node.textContent);
    const app = new App(trace, node.getAttribute("data-title"), index, data.length === 1);
    panels.append(app.root);
    apps.push(app);
  }
  for (const app of apps) app.go(fromHash(app) ?? 0);
  let current = apps[0];
  for (const app of apps) app.root.addEventListener("focusin", () => (current = app));
  document.addEventListener("keydown", (event) => {
    const inside = event.target.closest && event.target.closest("button, summary, .history");
    if (event.ctrlKey || event.altKey || event.metaKey || event.target === current.range) return;
    if (inside && (event.key === " " || event.key === "Enter")) return;
    if (current.key(event)) event.preventDefault();
  });
  window.addEventListener("hashchange", () => {
    for (const app of apps) {
      const step = fromHash(app);
      if (step !== null && step !== app.position) app.go(step);
    }
  });
  document.documentElement.setAttribute("data-ready", "");
  window.freehold = apps;
  for (const app of apps) prepare(app.store);
}

// Keyframes for quick seeks, made while nothing else happens.
function prepare(store) {
  if (store.prepare(SLICE)) setTimeout(() => prepare(store), SLICE);
}

start();
