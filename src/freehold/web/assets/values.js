// Bytes in memory as values of a type: a list of leaves, as picture/values.py makes it.

export const UNSET = 0;
export const SET = 1;
export const MOVED = 2;
const LIMIT = 64;
const ESCAPES = { "\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", '"': '\\"' };
const NOTHING = "0xffffffffffffffff"; // what Weak::new() holds
const decoder = new TextDecoder("utf-8", { fatal: true });

function quoted(text, mark) {
  return mark + text.replace(/[\n\t\r\\"]/g, (c) => ESCAPES[c]) + mark;
}

function integer(data, at, size, signed) {
  let value = 0n;
  for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(data[at + i]);
  return signed ? BigInt.asIntN(8 * size, value) : value;
}

export function address(data, at) {
  let value = 0;
  for (let i = 7; i >= 0; i--) value = value * 256 + data[at + i];
  return value;
}

function scalarText(type, data, at) {
  const view = new DataView(data.buffer, data.byteOffset + at, type.s);
  switch (type.k) {
    case "int": {
      const value = integer(data, at, type.s, type.g);
      if (type.s === 1 && value >= 32n && value < 127n) {
        return `${value} ${quoted(String.fromCharCode(Number(value)), "'")}`;
      }
      return String(value);
    }
    case "bool":
      return data[at] ? "true" : "false";
    case "char": {
      const code = view.getUint32(0, true);
      return code < 0x110000 ? quoted(String.fromCodePoint(code), "'") : `0x${code.toString(16)}`;
    }
    case "float": {
      const value = type.s === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
      return String(Number(value.toPrecision(6)));
    }
    case "ptr": {
      const value = integer(data, at, 8, 0);
      return value === 0n ? "null" : `0x${value.toString(16)}`;
    }
    case "fn": {
      const value = `0x${integer(data, at, 8, 0).toString(16)}`;
      const name = Object.hasOwn(type.at, value) ? type.at[value] : "";
      return name ? `${name}()` : value === "0x0" ? "null" : value;
    }
    case "borrow": {
      const state = integer(data, at, 8, 1);
      return state === 0n ? "none" : state < 0n ? "exclusive" : `${state} shared`;
    }
    case "weak":
      return String(integer(data, at, 8, 0) - (integer(data, at + type.d, 8, 0) ? 1n : 0n));
    default:
      return [...data.subarray(at, at + type.s)].map((b) => b.toString(16).padStart(2, "0")).join(" ");
  }
}

class Walk {
  constructor(types, cell) {
    this.types = types;
    this.cell = cell;
    this.found = [];
  }

  any(state, at, size) {
    for (let i = at; i < at + size; i++) if (this.cell.state[i] === state) return true;
    return false;
  }

  walk(number, at, path, holds) {
    const type = this.types[number];
    if (type.k === "array") this.array(type, at, path, holds);
    else if (type.k === "enum") this.variant(type, at, path, type.h || holds);
    else if (type.k === "parts") this.parts(type, at, path, type.h || holds);
    else if (type.s) this.scalar(type, at, path, holds);
  }

  parts(type, at, path, holds) {
    const single = type.f.length === 1;
    const flat = type.o || single;
    for (const [name, offset, number, bit, width] of type.f) {
      const inner = single || (flat && this.types[number].k === "parts") ? path : `${path}.${name}`;
      if (width >= 0) this.bits(this.types[number], at + offset, bit, width, inner);
      else this.walk(number, at + offset, inner, holds);
    }
  }

  bits(type, at, bit, width, path) {
    const first = at + (bit >> 3);
    const size = ((bit & 7) + width + 7) >> 3;
    let value = (integer(this.cell.data, first, size, 0) >> BigInt(bit & 7)) & ((1n << BigInt(width)) - 1n);
    if (type.g) value = BigInt.asIntN(width, value);
    const unset = this.any(UNSET, first, size);
    this.found.push({ path, type: type.n, at: first, size, text: unset ? "?" : String(value), unset });
  }

  array(type, at, path, holds) {
    const text = this.text(type, at);
    if (text !== null) {
      this.found.push({ path, type: type.n, at, size: type.s, text });
      return;
    }
    const step = this.types[type.of].s;
    for (let i = 0; i < type.c; i++) {
      if (i === LIMIT) {
        this.found.push({ path: `${path}[...]`, type: "", at: at + i * step, size: 0, text: `${type.c - i} more` });
        return;
      }
      this.walk(type.of, at + i * step, `${path}[${i}]`, holds);
    }
  }

  text(type, at) {
    const element = this.types[type.of];
    if (element.k !== "int" || element.s !== 1 || !type.c) return null;
    const raw = this.cell.data.subarray(at, at + type.c);
    let end = raw.indexOf(0);
    if (end < 0) end = raw.length;
    if (end === 0) return null;
    for (let i = 0; i < end; i++) if (this.cell.state[at + i] !== SET) return null;
    try {
      const text = decoder.decode(raw.subarray(0, end));
      return /^[^\p{C}]*$/u.test(text.replace(/[\n\t\r]/g, "")) ? quoted(text, '"') : null;
    } catch {
      return null;
    }
  }

  variant(type, at, path, holds) {
    const number = this.tag(type, at);
    if (number < 0) {
      this.scalar({ ...type, k: "raw" }, at, path, holds);
      return;
    }
    const [name, , fields] = type.v[number];
    const moved = this.any(MOVED, at, type.s);
    this.found.push({ path, type: type.n, at, size: 0, text: name, moved });
    for (const [field, offset, of] of fields) {
      this.walk(of, at + offset, field ? `${path}.${field}` : path, holds);
    }
  }

  tag(type, at) {
    if (!type.t) return type.v.length ? type.one : -1;
    const [offset, size, untagged, first, last, start] = type.t;
    if (this.any(UNSET, at + offset, size)) return -1;
    const value = integer(this.cell.data, at + offset, size, 0);
    const bits = 8 * size;
    if (untagged < 0) return type.v.findIndex((v) => BigInt.asUintN(bits, BigInt(v[1])) === value);
    const index = BigInt.asUintN(bits, value - BigInt(start));
    return index <= BigInt(last - first) ? first + Number(index) : untagged;
  }

  scalar(type, at, path, holds) {
    const unset = this.any(UNSET, at, type.s);
    const leaf = { path, type: type.n, at, size: type.s, unset, moved: this.any(MOVED, at, type.s) };
    leaf.text = unset ? "?" : scalarText(type, this.cell.data, at);
    if (type.k === "ptr" && !unset) {
      leaf.address = address(this.cell.data, at);
      const target = this.cell.targets.get(at);
      if (target !== undefined) leaf.target = target;
      leaf.holds = type.h === "?" ? holds : type.h;
      if (leaf.holds === "weak" && leaf.text === NOTHING) leaf.text = "nothing";
    }
    this.found.push(leaf);
  }
}

export function leavesOf(types, number, size, cell) {
  const walk = new Walk(types, cell);
  if (number >= 0) {
    walk.walk(number, 0, "", "raw");
  } else if (size) {
    const bytes = types.concat([{ k: "int", n: "unsigned char", s: 1, g: 0 }]);
    bytes.push({ k: "array", n: `${size} bytes`, s: size, of: bytes.length - 1, c: size });
    walk.types = bytes;
    walk.walk(bytes.length - 1, 0, "", "raw");
  }
  return walk.found;
}
