// The memory of all objects at any position. Between keyframes it is rebuilt by applying changes.

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
    this.starts = this.startsOf("write.length");
    this.masks = this.maskTable();
    this.targets = this.targetTable();
    this.cells = new Map();
    this.applied = 0;
    this.keyframes = [{ at: 0, cells: new Map() }];
    this.makeKeyframes();
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

  startsOf(name) {
    const lengths = this.columns[name];
    const starts = new Float64Array(lengths.length + 1);
    for (let i = 0; i < lengths.length; i++) starts[i + 1] = starts[i] + Math.max(lengths[i], 0);
    return starts;
  }

  maskTable() {
    const found = new Map();
    let at = 0;
    for (const write of this.columns["unset.write"]) {
      const length = this.columns["write.length"][write];
      found.set(write, this.columns["unset.mask"].subarray(at, at + length));
      at += length;
    }
    return found;
  }

  // Index of the first target of each change that has any.
  targetTable() {
    const found = new Map();
    this.columns["target.write"].forEach((write, index) => {
      if (!found.has(write)) found.set(write, index);
    });
    return found;
  }

  makeKeyframes() {
    let spacing = SPACING;
    let used = 0;
    while (this.applied < this.writes) {
      this.apply(Math.min(this.applied + spacing, this.writes));
      this.forget(this.columns["write.step"][this.applied - 1]);
      const cells = new Map();
      for (const [number, cell] of this.cells) {
        cells.set(number, cell.copy());
        used += 2 * cell.data.length;
      }
      this.keyframes.push({ at: this.applied, cells });
      if (used > ROOM) spacing *= 2;
    }
  }

  // Drop what has ended before `step`.
  forget(step) {
    const died = this.columns["object.died"];
    for (const number of this.cells.keys()) {
      if (died[number] >= 0 && died[number] < step) this.cells.delete(number);
    }
  }

  cell(number) {
    let found = this.cells.get(number);
    if (!found) {
      found = new Cell(this.columns["object.size"][number]);
      this.cells.set(number, found);
    }
    return found;
  }

  apply(to) {
    const { "write.object": objects, "write.offset": offsets, "write.length": lengths } = this.columns;
    const data = this.columns["write.data"];
    for (let i = this.applied; i < to; i++) {
      const cell = this.cell(objects[i]);
      const at = offsets[i];
      const length = lengths[i];
      if (length < 0) {
        cell.state.fill(MOVED, at, at - length);
        continue;
      }
      cell.data.set(data.subarray(this.starts[i], this.starts[i] + length), at);
      cell.state.fill(SET, at, at + length);
      if (cell.targets.size) {
        for (let word = at & ~7; word < at + length; word += 8) cell.targets.delete(word);
      }
      this.extras(i, cell, at);
    }
    this.applied = to;
  }

  extras(write, cell, at) {
    const mask = this.masks.get(write);
    if (mask) mask.forEach((unset, index) => unset && (cell.state[at + index] = UNSET));
    let index = this.targets.get(write);
    if (index === undefined) return;
    const { "target.write": writes, "target.offset": offsets, "target.object": objects } = this.columns;
    for (; index < writes.length && writes[index] === write; index++) {
      cell.targets.set(offsets[index], objects[index]);
    }
  }

  // Make the cells those of `position`.
  seek(position) {
    const to = lowerBound(this.columns["write.step"], position);
    if (to < this.applied || to - this.applied > 2 * SPACING) {
      let low = 0;
      while (low + 1 < this.keyframes.length && this.keyframes[low + 1].at <= to) low++;
      const frame = this.keyframes[low];
      if (to < this.applied || frame.at > this.applied) {
        this.cells = new Map();
        for (const [number, cell] of frame.cells) this.cells.set(number, cell.copy());
        this.applied = frame.at;
      }
    }
    this.apply(to);
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
