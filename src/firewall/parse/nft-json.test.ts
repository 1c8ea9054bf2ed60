import { describe, expect, it } from 'vitest';
import { textOf } from '../rule-text.js';
import type { Part, Ruleset } from '../ruleset.js';
import { parseNftJson } from './nft-json.js';

function read(...expr: unknown[]): Ruleset {
  return parseNftJson(
    JSON.stringify({
      nftables: [
        { metainfo: { json_schema_version: 1 } },
        { table: { family: 'inet', name: 't', handle: 1 } },
        {
          chain: {
            family: 'inet',
            table: 't',
            name: 'c',
            handle: 1,
            type: 'filter',
            hook: 'input',
            prio: 0,
            policy: 'drop',
          },
        },
        { rule: { family: 'inet', table: 't', chain: 'c', handle: 5, comment: 'why', expr } },
      ],
    }),
  );
}

function parts(...expr: unknown[]): readonly Part[] {
  return (
    read(...expr)
      .tables[0]?.chains.get('c')
      ?.rules.at(0).parts ?? []
  );
}

const match = (left: unknown, op: string, right: unknown): unknown => ({ match: { op, left, right } });
const flags = { payload: { protocol: 'tcp', field: 'flags' } };
const dport = { payload: { protocol: 'tcp', field: 'dport' } };
const mark = { meta: { key: 'mark' } };

describe('nft -j list ruleset', () => {
  it('tells bit tests from comparisons', () => {
    // tcp flags syn,ack: at least one of them. tcp flags == syn | ack: exactly these. tcp flags ! syn: not this one.
    expect(parts(match(flags, 'in', ['syn', 'ack']))).toMatchObject([
      { left: { bits: [{ operation: '&', operand: 0x12 }] }, within: [0, 0], negated: true },
    ]);
    expect(parts(match(flags, '==', { '|': ['syn', 'ack'] }))).toMatchObject([
      { within: [0x12, 0x12], negated: false },
    ]);
    expect(parts(match(flags, '!=', 'syn'))).toMatchObject([{ within: [2, 2], negated: true }]);
    expect(parts(match(flags, '!', 'syn'))).toMatchObject([
      { left: { bits: [{ operand: 2 }] }, within: [0, 0], negated: false },
    ]);
    expect(parts(match(flags, '==', { set: ['syn', { '|': ['syn', 'ack'] }] }))).toMatchObject([
      { within: [2, 2, 0x12, 0x12], negated: false },
    ]);
    expect(parts(match({ '&': [flags, ['fin', 'syn']] }, '==', 'syn'))).toMatchObject([
      { left: { bits: [{ operand: 3 }] }, within: [2, 2] },
    ]);
  });

  it('reads sets, ranges, prefixes and orders', () => {
    expect(parts(match(dport, '!=', { set: [22, { range: [80, 90] }] }))).toMatchObject([
      { within: [22, 22, 80, 90], negated: true },
    ]);
    expect(parts(match(mark, '>', 5))).toMatchObject([{ within: [6, 0xffffffff] }]);
    expect(
      parts(match({ payload: { protocol: 'ip6', field: 'saddr' } }, '==', { prefix: { addr: 'fe80::', len: 10 } })),
    ).toMatchObject([{ within: [0xfe80n << 112n, (0xfec0n << 112n) - 1n] }]);
    expect(parts(match({ meta: { key: 'iifname' } }, '!=', { set: ['eth0', 'wlan*'] }))).toMatchObject([
      { kind: 'name', patterns: ['eth0', 'wlan*'], negated: true },
    ]);
    expect(parts(match({ concat: [dport, mark] }, '!=', '@s'))).toMatchObject([
      { kind: 'lookup', set: { named: 's' }, negated: true },
    ]);
  });

  it('keeps what it does not know as text in its place', () => {
    expect(parts({ match: { op: '==', left: { nosuch: { key: 1 } }, right: 1 } }, { drop: null })).toMatchObject([
      { kind: 'opaque', why: 'expression nosuch is not understood' },
      { kind: 'verdict', verdict: { to: 'drop' } },
    ]);
    expect(parts({ nosuch: {} })).toMatchObject([{ kind: 'effect', why: 'statement nosuch is not understood' }]);
    expect(parts(match(dport, '=~', 22))).toMatchObject([{ kind: 'opaque' }]);
    // An iptables match without its content may be anything; what comes after the counter is the target.
    expect(parts({ xt: null }, { counter: { packets: 0, bytes: 0 } }, { xt: null })).toMatchObject([
      { kind: 'opaque' },
      { kind: 'note' },
      { kind: 'effect' },
    ]);
  });

  it('prints the rule again', () => {
    const ruleset = read(
      match(dport, '==', 22),
      { counter: { packets: 1, bytes: 60 } },
      { reject: { type: 'tcp reset' } },
    );
    const rule = ruleset.tables[0]?.chains.get('c')?.rules.at(0);
    expect(rule).toMatchObject({ number: 1, handle: 5, comment: 'why', counter: { packets: 1, bytes: 60 } });
    expect(rule === undefined ? '' : textOf(rule)).toBe('tcp dport 22 counter reject with tcp reset comment "why"');
  });

  it('prints masks of several flags, and options, as nft reads them', () => {
    const ruleset = read(match({ '&': [flags, ['syn', 'rst']] }, '==', 'syn'), {
      mangle: { key: { 'tcp option': { name: 'maxseg', field: 'size' } }, value: 1380 },
    });
    const rule = ruleset.tables[0]?.chains.get('c')?.rules.at(0);
    expect(rule === undefined ? '' : textOf(rule)).toBe('tcp flags & (syn | rst) == syn tcp option maxseg size set 1380 comment "why"'); // prettier-ignore
  });

  it('says what is wrong with JSON that is cut or of another kind', () => {
    expect(parseNftJson('{"nftables": [{"table": {"fam').problems).toMatchObject([{ fatal: true }]);
    expect(parseNftJson('{"other": 1}').problems).toMatchObject([{ fatal: true }]);
    expect(parseNftJson('{"nftables": [{"rule": {"family": "mars", "table": "t"}}]}').problems).toMatchObject([
      { fatal: true },
    ]);
    expect(
      parseNftJson('{"nftables": [{"chain": {"family": "ip", "table": "t", "name": "c", "hook": "input"}}]}').problems,
    ).toMatchObject([{ fatal: true }]);
  });
});
