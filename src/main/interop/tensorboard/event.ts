import { Buffer } from 'node:buffer';
import { maskedCrc32c } from './crc32c.ts';

/** Protocol buffer wire types. */
const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const tag = (field: number, type: number): Buffer => varint((field << 3) | type);

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}

export const int = (field: number, value: number): Buffer => Buffer.concat([tag(field, wire.varint), varint(value)]);

export function double(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([tag(field, wire.fixed64), bytes]);
}

function float(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([tag(field, wire.fixed32), bytes]);
}

/** A text, or a message that was encoded. */
export function bytes(field: number, value: string | Buffer): Buffer {
  const content = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([tag(field, wire.bytes), varint(content.length), content]);
}

/** tensorflow.Event: wall_time 1 (seconds), step 2, file_version 3, summary 5. */
export function versionEvent(seconds: number): Buffer {
  return Buffer.concat([double(1, seconds), bytes(3, 'brain.Event:2')]);
}

function summaryEvent(seconds: number, step: number, value: Buffer): Buffer {
  return Buffer.concat([double(1, seconds), int(2, step), bytes(5, bytes(1, value))]);
}

/** Summary.Value: tag 1, simple_value 2. */
export function scalarEvent(seconds: number, step: number, name: string, value: number): Buffer {
  return summaryEvent(seconds, step, Buffer.concat([bytes(1, name), float(2, value)]));
}

/** Summary.Value with the data of a plugin: tag 1, metadata 9 (plugin_data 1: name 1, content 2). */
export function pluginEvent(seconds: number, name: string, plugin: string, content: Buffer): Buffer {
  const metadata = bytes(1, Buffer.concat([bytes(1, plugin), bytes(2, content)]));
  return summaryEvent(seconds, 0, Buffer.concat([bytes(1, name), bytes(9, metadata)]));
}

/** One TFRecord: length, its checksum, data, checksum. */
export function tfRecord(data: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  return Buffer.concat([length, checksum(length), data, checksum(data)]);
}

function checksum(data: Buffer): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(maskedCrc32c(data));
  return out;
}
