import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import type { Context } from '../../model/gatherer.js';
import { defaultOptions, defaultSettings } from '../../model/settings.js';
import { networkReader } from './network-file.js';

/** Sizes from 29 on have a byte more. */
const text = (value: string): Buffer =>
  Buffer.concat([
    value.length < 29 ? Buffer.of(0x40 | value.length) : Buffer.of(0x40 | 29, value.length - 29),
    Buffer.from(value),
  ]);
const uint32 = (value: number): Buffer =>
  Buffer.of(0xc4, value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255);
const map = (...entries: readonly (readonly [string, Buffer])[]): Buffer =>
  Buffer.concat([Buffer.of(0xe0 | entries.length), ...entries.flatMap(([key, value]) => [text(key), value])]);

/** MaxMind DB 2.0 with one network, 203.0.113.0/24: a tree of 24 nodes, records of 24 bits. */
function tableOf(entry: Buffer): Buffer {
  const bits = [203, 0, 113].flatMap((byte) => Array.from({ length: 8 }, (_, i) => (byte >> (7 - i)) & 1));
  const nodes = Buffer.concat(
    bits.map((bit, i) => {
      const onward = i === bits.length - 1 ? bits.length + 16 : i + 1;
      const record = (value: number): number[] => [value >> 16, (value >> 8) & 255, value & 255];
      const nothing = bits.length;
      return Buffer.from(bit === 0 ? [...record(onward), ...record(nothing)] : [...record(nothing), ...record(onward)]);
    }),
  );
  const metadata = map(
    ['binary_format_major_version', Buffer.of(0xa1, 2)],
    ['binary_format_minor_version', Buffer.of(0xa0)],
    ['build_epoch', uint32(0)],
    ['database_type', text('Test')],
    ['description', map()],
    ['ip_version', Buffer.of(0xa1, 4)],
    ['languages', Buffer.of(0x00, 0x04)],
    ['node_count', uint32(bits.length)],
    ['record_size', Buffer.of(0xa1, 24)],
  );
  return Buffer.concat([
    nodes,
    Buffer.alloc(16),
    entry,
    Buffer.from('\u00ab\u00cd\u00ef', 'latin1'),
    Buffer.from('MaxMind.com'),
    metadata,
  ]);
}

async function read(file: Buffer | null, address: string): Promise<unknown> {
  const system = fakeSystem(file ? { files: { '/n.mmdb': file } } : {});
  const options = { ...defaultOptions, settings: { ...defaultSettings, networks: '/n.mmdb' } };
  return (await networkReader({ system, options } as unknown as Context))(address);
}

describe('the table of networks', () => {
  const entry = map(
    ['autonomous_system_number', uint32(64500)],
    ['autonomous_system_organization', text('Example ISP')],
  );

  it('tells the autonomous system of an address that it holds', async () => {
    expect(await read(tableOf(entry), '203.0.113.9')).toEqual({ number: 64500, organisation: 'Example ISP' });
    expect(await read(tableOf(entry), '198.51.100.1')).toBeNull();
  });

  it('takes the words of other makers', async () => {
    expect(await read(tableOf(map(['asn', text('AS64500')], ['as_name', text('ISP')])), '203.0.113.9')).toEqual({
      number: 64500,
      organisation: 'ISP',
    });
  });

  it.each([
    ['no file', null],
    ['an empty file', Buffer.alloc(0)],
    ['no table', Buffer.from('hello '.repeat(1000))],
    ['a table that is cut', tableOf(entry).subarray(0, 150)],
    ['a table with other types', tableOf(map(['asn', map()], ['as_name', uint32(1)]))],
  ])('knows nothing where there is %s', async (_, file) => {
    expect(await read(file, '203.0.113.9')).toBeNull();
  });
});
