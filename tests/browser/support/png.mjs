/** Reads PNG screenshots: 8 bits a channel, colour with or without alpha, not interlaced. */
import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * @param {Buffer} file
 * @returns {{width: number, height: number, channels: number, data: Uint8Array}} rows from the top, pixels from the left
 */
export function decodePng(file) {
  assert.ok(file.subarray(0, 8).equals(signature), 'a PNG file');
  const pieces = [];
  let head;
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') head = body;
    if (kind === 'IDAT') pieces.push(body);
    at += length + 12;
  }
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const [depth, colour, , , interlace] = head.subarray(8);
  assert.ok(depth === 8 && interlace === 0 && (colour === 2 || colour === 6), 'a plain PNG');
  const channels = colour === 6 ? 4 : 3;
  return {
    width,
    height,
    channels,
    data: unfilter(inflateSync(Buffer.concat(pieces)), width, height, channels),
  };
}

// PNG specification, 9: each row begins with the way in which its bytes are told from their neighbours'.
function unfilter(bytes, width, height, channels) {
  const stride = width * channels;
  const data = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = bytes[row * (stride + 1)];
    const from = row * (stride + 1) + 1;
    const to = row * stride;
    for (let i = 0; i < stride; i++) {
      const left = i >= channels ? data[to + i - channels] : 0;
      const above = row > 0 ? data[to + i - stride] : 0;
      const corner = row > 0 && i >= channels ? data[to + i - stride - channels] : 0;
      data[to + i] = bytes[from + i] + predict(filter, left, above, corner);
    }
  }
  return data;
}

function predict(filter, left, above, corner) {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const guess = left + above - corner;
  const [byLeft, byAbove, byCorner] = [left, above, corner].map((value) => Math.abs(guess - value));
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}

/** How bright the pixel is, 0 to 255. */
export function brightness({ width, channels, data }, x, y) {
  const at = (y * width + x) * channels;
  return 0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2];
}
