// Small files that browsers take.

import { crc32, deflateSync } from 'node:zlib';

/** A PNG of 8 by 8 points. */
export function picture() {
  const part = (name, data) => {
    const held = Buffer.concat([Buffer.from(name), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(held) >>> 0);
    return Buffer.concat([length, held, sum]);
  };
  const head = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0]);
  const rows = Array.from({ length: 8 }, (_, y) => [
    0,
    ...Array.from({ length: 8 }, (_, x) => [40 + x * 20, 120, 90 + y * 15]).flat(),
  ]);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    part('IHDR', head),
    part('IDAT', deflateSync(Buffer.from(rows.flat()))),
    part('IEND', Buffer.alloc(0)),
  ]);
}

/** Silence: frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz. */
export function sound() {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x64]);
  return Buffer.concat(Array.from({ length: 20 }, () => frame));
}
