import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowsOf } from './flows.js';
import {
  attribute,
  attributesIn,
  errorOf,
  join,
  message,
  messagesIn,
  nested,
  number,
  text,
  textOf,
} from './netlink-message.js';
import { nftType, NFT_MSG_TRACE, transaction } from './nf-tables.js';
import { decodeTrace } from './trace-message.js';
import { flowChanges, tableChanges } from './trace-rules.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('netlink', () => {
  it('writes a transaction as nft does', () => {
    // `nft add table inet z`, by strace, but for the flags that ask for an answer.
    const z = [{ message: 0, attributes: [text(1, 'z'), number(2, 0)] }];
    expect(hex(transaction(z))).toBe(
      [
        '14000000 1000 0100 00000000 00000000 0000000a',
        '24000000 000a 050c 01000000 00000000 01000000',
        '06000100 7a000000 08000200 00000000',
        '14000000 1100 0100 02000000 00000000 0000000a',
      ]
        .join('')
        .replaceAll(' ', ''),
    );
  });

  it('reads messages and attributes back', () => {
    const bytes = join([
      message(0x0a11, 0, 7, 2, 0, text(1, 'filter'), nested(5, number(1, -3))),
      message(2, 0, 8, 0, 0),
    ]);
    const [first, second] = messagesIn(bytes);
    expect(first).toMatchObject({ type: 0x0a11, sequence: 7 });
    expect(second?.sequence).toBe(8);
    const attributes = attributesIn(first?.body.subarray(4) ?? new Uint8Array());
    expect(textOf(attributes.get(1))).toBe('filter');
    expect(hex(attributesIn(attributes.get(5) ?? new Uint8Array()).get(1) ?? new Uint8Array())).toBe('fffffffd');
  });

  it('tells an error from an acknowledgement', () => {
    const answer = (code: number): Uint8Array => {
      const body = Buffer.alloc(20);
      body.writeInt32LE(code);
      return body;
    };
    expect(errorOf({ type: 2, sequence: 1, body: answer(-1) })).toBe(1);
    expect(errorOf({ type: 2, sequence: 1, body: answer(0) })).toBe(0);
    expect(errorOf({ type: 3, sequence: 1, body: answer(-1) })).toBeNull();
  });

  it('never throws on what comes in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        for (const one of messagesIn(bytes)) decodeTrace(one);
        decodeTrace({ type: nftType(NFT_MSG_TRACE), sequence: 0, body: bytes });
        return attributesIn(bytes).size >= 0;
      }),
    );
  });
});

describe('trace messages', () => {
  const headers = (source: number[], destination: number[], ports: number[]): Uint8Array[] => [
    attribute(8, Uint8Array.from([0x45, 0, 0, 60, 0, 0, 0, 0, 64, 6, 0, 0, ...source, ...destination])),
    attribute(9, Uint8Array.from([...ports, 0, 0, 0, 0])),
  ];
  const handle = attribute(3, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 7));
  const verdict = (code: number): Uint8Array => nested(5, number(1, code));
  const decode = (family: number, ...attributes: Uint8Array[]): ReturnType<typeof decodeTrace> => {
    const [one] = messagesIn(
      message(
        nftType(NFT_MSG_TRACE),
        0,
        0,
        family,
        0,
        text(1, 'filter'),
        text(2, 'OUTPUT'),
        number(6, 99),
        ...attributes,
      ),
    );
    return one ? decodeTrace(one) : null;
  };

  it('gives a rule with its handle', () => {
    expect(decode(2, number(4, 3), verdict(0), handle)?.step).toEqual({
      family: 'ip',
      table: 'filter',
      chain: 'OUTPUT',
      kind: 'rule',
      verdict: 'drop',
      rule: { backend: 'nft', family: 'ip', table: 'filter', chain: 'OUTPUT', handle: 7 },
    });
  });

  it('gives a policy without a rule', () => {
    const step = decode(10, number(4, 1), number(16, 0))?.step;
    expect(step).toMatchObject({ family: 'ip6', kind: 'policy', verdict: 'drop' });
    expect(step).not.toHaveProperty('rule');
  });

  it.each([
    [-1, 'continue'],
    [-3, 'jump'],
    [-4, 'goto'],
    [-5, 'return'],
    [1, 'accept'],
    [2, 'stolen'],
    [0x0003_0003, 'queue'], // queue 3
    [-77, 'verdict -77'],
  ])('names verdict %i %s', (code, name) => {
    expect(decode(1, number(4, 3), verdict(code))?.step.verdict).toBe(name);
  });

  it('belongs to the flow of its addresses and ports, in its direction', () => {
    const flows = flowsOf();
    flows.add({ protocol: 'tcp', address: '192.0.2.1', port: 443, localPort: 40_000 });
    const place = (...attributes: Uint8Array[]) => {
      const trace = decode(1, number(4, 3), verdict(-1), ...attributes);
      return trace && flows.place(trace);
    };
    expect(place()).toBeNull();
    expect(place(...headers([10, 0, 0, 1], [192, 0, 2, 1], [0x9c, 0x40, 1, 0xbb]))).toEqual({
      localPort: 40_000,
      direction: 'out',
    });
    expect(place()).toEqual({ localPort: 40_000, direction: 'out' });
    expect(place(...headers([192, 0, 2, 1], [10, 0, 0, 1], [1, 0xbb, 0x9c, 0x40]))).toEqual({
      localPort: 40_000,
      direction: 'in',
    });
  });

  it('tells which packet carries something', () => {
    const flows = flowsOf();
    flows.add({ protocol: 'tcp', address: '192.0.2.1', port: 443, localPort: 40_000 });
    const ip = Uint8Array.from([0x45, 0, 0, 0, 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 192, 0, 2, 1]);
    const tcp = Uint8Array.from([0x9c, 0x40, 1, 0xbb, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x18, 0, 0, 0, 0, 0, 0]);
    const said = (length: number) => {
      ip[3] = length;
      const trace = decode(1, number(4, 3), verdict(-1), attribute(8, ip), attribute(9, tcp));
      return trace && flows.place(trace)?.said;
    };
    expect(said(53)).toBeTypeOf('number');
    expect(said(52)).toBeUndefined();
  });

  it('does not take a packet of somebody else for ours', () => {
    const flows = flowsOf();
    flows.add({ protocol: 'tcp', address: '192.0.2.1', port: 443, localPort: 40_000 });
    const other = decode(1, number(4, 3), verdict(0), ...headers([192, 0, 2, 9], [10, 0, 0, 1], [1, 0xbb, 0x9c, 0x40]));
    expect(other && flows.place(other)).toBeNull();
  });
});

it('makes a table that dies with its owner, and four rules a flow', () => {
  expect(tableChanges('t').map((change) => change.message)).toEqual([0, 3, 3]);
  expect(hex(tableChanges('t')[0]?.attributes[1] ?? new Uint8Array())).toBe('0800020000000002');
  expect(flowChanges('t', { protocol: 'udp', address: '2001:db8::1', port: 53, localPort: 1 })).toHaveLength(4);
  expect(flowChanges('t', { protocol: 'udp', address: 'example.org', port: 53, localPort: 1 })).toBeNull();
});
