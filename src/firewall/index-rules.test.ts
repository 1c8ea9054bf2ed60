import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, prepare } from './decide.js';
import { everyRule } from './decide/finder.js';
import { IndexedRules } from './index-rules.js';
import { parsePacket } from './packet.js';
import { parseIptablesSave } from './parse/iptables-save.js';

const address = fc.constantFrom(
  '192.0.2.1',
  '192.0.2.2',
  '198.51.100.7',
  '203.0.113.9',
  '192.0.2.0/24',
  '0.0.0.0/0',
  '198.51.0.0/16',
  '0.0.0.1/0.0.0.7',
);
const port = fc.constantFrom('22', '80', '443', '1000:2000', ':1023', '1024:', '80:80', '8000:8191');
const device = fc.constantFrom('eth0', 'eth1', 'eth+', 'lo', '+');
const not = fc.constantFrom('', '', '', '! ');
const option = fc.oneof(
  fc.tuple(not, address).map(([no, value]) => `${no}-s ${value}`),
  fc.tuple(not, address).map(([no, value]) => `${no}-d ${value}`),
  fc.tuple(not, device).map(([no, value]) => `${no}-i ${value}`),
  fc.tuple(not, port).map(([no, value]) => `-p tcp -m tcp ${no}--dport ${value}`),
  fc.tuple(not, port).map(([no, value]) => `-p tcp -m tcp ${no}--sport ${value}`),
  fc.tuple(not, port).map(([no, value]) => `-p tcp -m multiport ${no}--dports ${value},53,${value}`),
  fc.tuple(not).map(([no]) => `-m set ${no}--match-set some src`),
  fc.constantFrom(
    '-m comment --comment "-s 203.0.113.9 --dport 22"',
    '-p udp',
    '-m mark --mark 0x1',
    '-m nosuch --dport 22',
    '-m limit --limit 1/s',
  ),
);
const target = fc.constantFrom(
  '-j ACCEPT',
  '-j DROP',
  '-j mine',
  '-g mine',
  '-j RETURN',
  '-j MARK --set-xmark 0x1/0xffffffff',
  '-j LOG',
  '',
);
const line = (chain: string) =>
  fc
    .tuple(fc.array(option, { maxLength: 3 }), target)
    .map(([options, end]) => `-A ${chain} ${options.join(' ')} ${end}`);
/** Two options of one kind never stand in one rule of a real dump, but nothing should hang on that. */
const ruleset = fc.tuple(
  fc.array(line('INPUT'), { minLength: 30, maxLength: 60 }),
  fc.array(
    line('mine').filter((text) => !/-[jg] mine/.test(text)),
    { minLength: 25, maxLength: 40 },
  ),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 5 });
const packet = fc.record({
  hook: fc.constant('input'),
  source: maybe(fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.9', '198.51.100.7', '203.0.113.9')),
  destination: maybe(fc.constantFrom('192.0.2.1', '198.51.100.7', '203.0.113.1')),
  protocol: maybe(fc.constantFrom('tcp', 'udp', 'icmp')),
  sport: maybe(fc.constantFrom(22, 1023, 1024, 40_000)),
  dport: maybe(fc.constantFrom(22, 53, 80, 443, 1500, 8100)),
  in: maybe(fc.constantFrom('eth0', 'eth1', 'wlan0', 'lo')),
  mark: maybe(fc.constantFrom(0, 1)),
  family: fc.constant(4),
});

function read(rules: readonly string[]): ReturnType<typeof parseIptablesSave> {
  const text = [
    '*filter',
    ':INPUT DROP [0:0]',
    ':FORWARD ACCEPT [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    ':mine - [0:0]',
    ...rules,
    'COMMIT',
    '',
  ].join('\n');
  const part = { kind: 'address' as const, low: 0xc0000201, high: 0xc0000201 };
  return {
    ...parseIptablesSave(text),
    ipsets: new Map([
      [
        'some',
        { name: 'some', type: 'hash:ip', family: 'inet', members: [{ parts: [part], nomatch: false, text: '' }] },
      ],
    ]),
  };
}

describe('the index', () => {
  it('gives the answer that a walk through every rule gives', () => {
    fc.assert(
      fc.property(ruleset, fc.array(packet, { minLength: 5, maxLength: 5 }), ([input, mine], packets) => {
        const rules = read([...input, ...mine]);
        const [indexed, linear] = [prepare(rules, new IndexedRules()), prepare(rules, everyRule)];
        for (const one of packets) {
          const parsed = parsePacket(one);
          if ('error' in parsed) throw new Error(parsed.error);
          const { decidedBy: a, ...with_ } = decide(indexed, parsed.packet);
          const { decidedBy: b, ...without } = decide(linear, parsed.packet);
          expect(with_).toEqual(without);
          expect(a?.rule?.number).toBe(b?.rule?.number);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('looks at a handful of five thousand rules', () => {
    const rules = Array.from(
      { length: 5000 },
      (_, i) => `-A INPUT -s 10.0.${i >> 8}.${i & 255}/32 -p tcp -m tcp --dport ${1 + (i % 500)} -j DROP`,
    );
    const ruleset_ = parseIptablesSave(['*filter', ':INPUT ACCEPT [0:0]', ...rules, 'COMMIT', ''].join('\n'));
    const chain = ruleset_.tables[0]?.chains.get('INPUT');
    let looked = 0;
    const counted =
      chain === undefined
        ? undefined
        : {
            ...chain,
            rules: new Proxy(chain.rules, {
              get: (list, key) =>
                key === 'at' ? (index: number) => (looked++, list.at(index)) : (Reflect.get(list, key) as unknown),
            }),
          };
    const table = ruleset_.tables[0];
    if (table === undefined || counted === undefined) throw new Error('no chain');
    const firewall = prepare({ ...ruleset_, tables: [{ ...table, chains: new Map([['INPUT', counted]]) }] });
    const parsed = parsePacket({
      hook: 'input',
      family: 4,
      protocol: 'tcp',
      source: '10.0.4.1',
      destination: '192.0.2.1',
      sport: 1,
      dport: 26,
    });
    if ('error' in parsed) throw new Error(parsed.error);
    expect(decide(firewall, parsed.packet)).toMatchObject({ verdict: 'drop', rule: { number: 1026 } });
    expect(looked).toBeLessThan(5);
  });
});
