// The memory of all objects at any position. Between keyframes it is rebuilt by applying changes;
// keyframes are made as they are needed, or while there is nothing else to do.

import { lowerBound } from "./data.js";
import { SET, UNSET, MOVED } from "./values.js";

export const KIND = { HEAP: 2, STACK: 3, GLOBAL: 4, LITERAL: 5, ALLOCA: 10, VLA: 11, CONST: 15 };
const SPACING = 1024; // changes from keyframe to keyframe, at least
const ROOM = 64 << 20; // bytes of all keyframes, about
const BUCKETS = 1024; // stretches of steps in which short lives are looked up

class Cell {
  constructor(size) {
    this.data = new Uint8Array(size);
    this.state = new Uint8Array(size);
    this.targets = new Map();
  }

  copy() {
    const made = new Cell(0);
    made.data = this.data.slice();
    made.state = this.state.slice();
    made.targets = new Map(this.targets);
    return made;
  }
}

// Memory after the first `applied` changes.
class Cursor {
  constructor(store) {
    this.store = store;
    this.cells = new Map();
    this.applied = 0;
  }

  cell(number) {
    let found = this.cells.get(number);
    if (!found) {
      found = new Cell(this.store.columns["object.size"][number]);
      this.cells.set(number, found);
    }
    return found;
  }

  // Go on to change `to`; with `only`, apply what changes that object, and nothing else.
  apply(to, only = -1) {
    const { columns, starts } = this.store;
    const { "write.object": objects, "write.offset": offsets, "write.length": lengths } = columns;
    const data = columns["write.data"];
    let mask = lowerBound(columns["unset.write"], this.applied);
    let target = lowerBound(columns["target.write"], this.applied);
    for (let i = this.applied; i < to; i++) {
      while (columns["unset.write"][mask] < i) mask++;
      while (columns["target.write"][target] < i) target++;
      if (only >= 0 && objects[i] !== only) continue;
      const cell = this.cell(objects[i]);
      const at = offsets[i];
      const length = lengths[i];
      if (length < 0) {
        cell.state.fill(MOVED, at, at - length);
        continue;
      }
      cell.data.set(data.subarray(starts[i], starts[i] + length), at);
      cell.state.fill(SET, at, at + length);
      if (cell.targets.size) {
        for (let word = at & ~7; word < at + length; word += 8) cell.targets.delete(word);
      }
      if (columns["unset.write"][mask] === i) this.unset(cell, at, length, this.store.masks[mask]);
      for (; columns["target.write"][target] === i; target++) {
        cell.targets.set(columns["target.offset"][target], columns["target.object"][target]);
      }
    }
    this.applied = to;
  }

  unset(cell, at, length, start) {
    const mask = this.store.columns["unset.mask"];
    for (let i = 0; i < length; i++) if (mask[start + i]) cell.state[at + i] = UNSET;
  }

  // Drop what has ended before `step`.
  forget(step) {
    const { died } = this.store;
    for (const number of this.cells.keys()) {
      if (died[number] >= 0 && died[number] < step) this.cells.delete(number);
    }
  }

  copyOfCells() {
    const made = new Map();
    for (const [number, cell] of this.cells) made.set(number, cell.copy());
    return made;
  }
}

export class Store {
  constructor(trace) {
    this.head = trace.head;
    this.columns = trace.columns;
    this.steps = this.columns["step.line"].length;
    this.kind = this.columns["object.kind"];
    this.born = this.columns["object.born"];
    this.died = this.columns["object.died"];
    this.lost = this.columns["object.lost"];
    this.objects = this.columns["object.kind"].length;
    this.writes = this.columns["write.step"].length;
    this.starts = this.startsOf();
    this.masks = this.startsOfMasks();
    this.now = new Cursor(this);
    this.ahead = new Cursor(this); // at the last keyframe
    this.keyframes = [{ at: 0, cells: new Map() }];
    this.spacing = SPACING;
    this.used = 0;
    this.left = new Map(); // what freed blocks held at last
    this.indexLives();
  }

  // Objects whose life falls into one stretch of steps or two are found by it; all others always.
  indexLives() {
    this.stretch = Math.max(1, Math.ceil((this.steps + 2) / BUCKETS));
    this.long = [];
    this.short = new Map();
    for (let number = 0; number < this.objects; number++) {
      const first = Math.floor((this.born[number] + 1) / this.stretch);
      const last = this.died[number] < 0 ? Infinity : Math.floor((this.died[number] + 1) / this.stretch);
      if (last > first + 1) {
        this.long.push(number);
        continue;
      }
      for (let bucket = first; bucket <= last; bucket++) {
        if (!this.short.has(bucket)) this.short.set(bucket, []);
        this.short.get(bucket).push(number);
      }
    }
    const dead = [];
    for (let number = 0; number < this.objects; number++) {
      if (this.kind[number] === KIND.HEAP && this.died[number] >= 0) dead.push(number);
    }
    this.deaths = dead.sort((a, b) => this.died[a] - this.died[b]);
    this.deathSteps = Int32Array.from(this.deaths, (number) => this.died[number]);
  }

  // The objects that exist at a position, in the order of their birth.
  alive(position) {
    const short = this.short.get(Math.floor(position / this.stretch)) || [];
    const lives = (number) => position > this.born[number] && (this.died[number] < 0 || position <= this.died[number]);
    return this.long.filter(lives).concat(short.filter(lives)).sort((a, b) => a - b);
  }

  // The blocks freed last before a position, the youngest last.
  freed(position, most) {
    const end = lowerBound(this.deathSteps, position);
    return this.deaths.slice(Math.max(0, end - most), end);
  }

  startsOf() {
    const lengths = this.columns["write.length"];
    const starts = new Float64Array(lengths.length + 1);
    for (let i = 0; i < lengths.length; i++) starts[i + 1] = starts[i] + Math.max(lengths[i], 0);
    return starts;
  }

  startsOfMasks() {
    const writes = this.columns["unset.write"];
    const starts = new Float64Array(writes.length + 1);
    for (let i = 0; i < writes.length; i++) starts[i + 1] = starts[i] + this.columns["write.length"][writes[i]];
    return starts;
  }

  // Make keyframes up to change `to`.
  extend(to) {
    while (this.ahead.applied + this.spacing <= to) {
      this.ahead.apply(this.ahead.applied + this.spacing);
      this.ahead.forget(this.columns["write.step"][this.ahead.applied - 1]);
      const cells = this.ahead.copyOfCells();
      for (const cell of cells.values()) this.used += 2 * cell.data.length;
      this.keyframes.push({ at: this.ahead.applied, cells });
      if (this.used > ROOM * (1 + Math.log2(this.spacing / SPACING))) this.spacing *= 2;
    }
  }

  // Make keyframes for some milliseconds; tells whether there are more to make.
  prepare(milliseconds) {
    const end = performance.now() + milliseconds;
    while (this.ahead.applied + this.spacing <= this.writes && performance.now() < end) {
      this.extend(this.ahead.applied + this.spacing);
    }
    return this.ahead.applied + this.spacing <= this.writes;
  }

  cell(number) {
    return this.now.cell(number);
  }

  // What a freed block held when it was freed.
  remains(number) {
    let found = this.left.get(number);
    if (!found) {
      const cursor = new Cursor(this);
      cursor.applied = lowerBound(this.columns["write.step"], this.born[number]);
      cursor.apply(lowerBound(this.columns["write.step"], this.died[number] + 1), number);
      found = cursor.cell(number);
      this.left.set(number, found);
    }
    return found;
  }

  // The change that last wrote one of the bytes from..to of an object before a position, or -1.
  writer(number, from, to, position) {
    const { "write.step": steps, "write.object": objects, "write.offset": offsets, "write.length": lengths } = this.columns;
    for (let i = lowerBound(steps, position) - 1; i >= 0 && steps[i] >= this.born[number]; i--) {
      if (objects[i] === number && offsets[i] < to && offsets[i] + Math.abs(lengths[i]) > from) return i;
    }
    return -1;
  }

  // Make the cells those of `position`.
  seek(position) {
    const to = lowerBound(this.columns["write.step"], position);
    this.extend(to);
    if (to < this.now.applied || to - this.now.applied > 2 * SPACING) {
      const index = lowerBound(this.keyframes.map((frame) => frame.at), to + 1) - 1;
      const frame = this.keyframes[index];
      if (to < this.now.applied || frame.at > this.now.applied) {
        this.now.cells = new Map();
        for (const [number, cell] of frame.cells) this.now.cells.set(number, cell.copy());
        this.now.applied = frame.at;
      }
    }
    this.now.apply(to);
  }

  // What an object is at a position: "", "live", "freed", "gone" or "lost".
  state(number, position) {
    if (position <= this.born[number]) return "";
    const died = this.died[number];
    if (died >= 0 && position > died) return this.kind[number] === KIND.HEAP ? "freed" : "gone";
    const lost = this.lost[number];
    return lost >= 0 && position > lost ? "lost" : "live";
  }

  // The frames that exist at a position, outermost first.
  frames(position) {
    const { "frame.entered": entered, "frame.left": left } = this.columns;
    const { "step.frame": frames } = this.columns;
    const found = [];
    let frame = -1;
    if (position < this.steps) frame = frames[position];
    else if (this.steps) frame = frames[this.steps - 1];
    for (; frame >= 0; frame = this.columns["frame.caller"][frame]) {
      if (entered[frame] < position && (left[frame] < 0 || left[frame] >= position)) found.unshift(frame);
    }
    return found;
  }

  name(number) {
    return this.head.names[this.columns["object.name"][number]];
  }
}
