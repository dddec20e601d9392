// Reads a recorded run (.fhtrace): the head, and the columns as typed arrays.

const MAGIC = "fhtrace 1\n";
const ARRAYS = { i32: Int32Array, f64: Float64Array, u8: Uint8Array };

function bytesOf(text) {
  const binary = atob(text.trim());
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

export async function readTrace(base64) {
  const packed = bytesOf(base64).subarray(MAGIC.length);
  const buffer = await inflate(packed);
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const start = Math.ceil((4 + length) / 8) * 8;
  const columns = {};
  for (const [name, [kind, at, count]] of Object.entries(head.columns)) {
    columns[name] = new ARRAYS[kind](buffer, start + at, count);
  }
  return { head, columns };
}

// The number of elements of a sorted array that are less than `value`.
export function lowerBound(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
