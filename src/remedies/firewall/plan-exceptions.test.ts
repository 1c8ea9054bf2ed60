import { describe, expect, it } from 'vitest';
import { parsePacket } from '../../firewall/packet.js';
import { parseNftJson } from '../../firewall/parse/nft-json.js';
import type { FlowTrace } from '../../model/facts.js';
import type { FlowPacket } from '../../inspectors/firewall/packets.js';
import { nftables } from './nftables.js';
import { planExceptions, type FirewallView } from './plan-exceptions.js';

const address = '198.51.100.10';
const flow = { protocol: 'tcp', address, port: 443 } as const;
const common = { protocol: 'tcp', state: 'new', flags: ['syn'], mark: 0, out: 'eth0' };
const out = { hook: 'output', source: '192.0.2.2', destination: address, sport: 40_000, dport: 443, ...common };
const back = { hook: 'input', protocol: 'tcp', source: address, destination: '192.0.2.2', sport: 443, dport: 40_000, state: 'established', flags: ['syn', 'ack'], mark: 0, in: 'eth0', ctDirection: 'reply' }; // prettier-ignore

type Rule = readonly unknown[];
const dport = (port: number): unknown => ({ match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right: port } }); // prettier-ignore
const drop: Rule = [{ drop: null }];

function view(
  chains: Readonly<
    Record<
      string,
      { readonly hook?: string; readonly prio?: number; readonly policy?: string; readonly rules: readonly Rule[] }
    >
  >,
): FirewallView {
  const where = { family: 'inet', table: 'filter' };
  let handle = 0;
  const objects = Object.entries(chains).flatMap(([name, { hook, prio = 0, policy = 'accept', rules }]) => [
    { chain: { ...where, name, handle: ++handle, ...(hook !== undefined && { type: 'filter', hook, prio, policy }) } },
    ...rules.map((expr) => ({ rule: { ...where, chain: name, handle: ++handle, expr } })),
  ]);
  const nftables_ = [{ table: { family: 'inet', name: 'filter', handle: 1 } }, ...objects];
  const packets = [['out', out], ['in', back]].flatMap(([direction, json]) => { const parsed = parsePacket(json); return 'packet' in parsed ? [{ direction: direction as 'out' | 'in', packet: parsed.packet }] : []; }); // prettier-ignore
  return {
    ruleset: parseNftJson(JSON.stringify({ nftables: nftables_ })),
    flows: [{ flow, packets }],
    around: {},
    absent: new Set(),
  };
}

describe('exceptions in nftables', () => {
  it('stand right above the rule that drops, and let nothing else through', () => {
    const found = planExceptions(
      view({
        output: {
          hook: 'output',
          rules: [
            [dport(80), ...drop],
            [dport(443), ...drop],
          ],
        },
      }),
      [nftables],
    );
    expect(found).toMatchObject({
      opens: [],
      operations: [
        {
          kind: 'nft-allow',
          rules: [
            {
              chain: 'output',
              place: { above: 3, text: 'tcp dport 443 drop' },
              match: { destination: address, dport: 443 },
            },
          ],
        },
      ],
    });
  });

  it('stand in each of two tables whose order is not certain', () => {
    const table = (name: string): unknown[] => [
      { table: { family: 'inet', name, handle: 1 } },
      { chain: { family: 'inet', table: name, name: 'c', type: 'filter', hook: 'output', prio: 0, policy: 'accept' } },
      { rule: { family: 'inet', table: name, chain: 'c', handle: 2, expr: [dport(443), ...drop] } },
    ];
    const two = view({});
    const ruleset = parseNftJson(JSON.stringify({ nftables: [...table('one'), ...table('two')] }));
    const found = planExceptions({ ...two, ruleset }, [nftables]);
    expect(found).toMatchObject({ opens: [], operations: [{ kind: 'nft-allow' }] });
    const rules = 'operations' in found && found.operations[0]?.kind === 'nft-allow' ? found.operations[0].rules : [];
    expect(rules.map((rule) => rule.table).toSorted()).toEqual(['one', 'two']);
  });

  it('go into no table that belongs to a running program', () => {
    const one = view({ output: { hook: 'output', rules: [drop] } });
    const tables = one.ruleset.tables.map((table) => ({ ...table, owned: true as const }));
    const found = planExceptions({ ...one, ruleset: { ...one.ruleset, tables } }, [nftables]);
    expect(found).toMatchObject({ whyNot: expect.stringMatching(/flags owner/) as string });
  });

  it('stand in the chain that was jumped to, where that drops', () => {
    const jump: Rule = [{ jump: { target: 'web' } }];
    const found = planExceptions(view({ output: { hook: 'output', rules: [jump] }, web: { rules: [drop] } }), [
      nftables,
    ]);
    expect(found).toMatchObject({ operations: [{ rules: [{ chain: 'web', place: { above: 4 } }] }] });
  });

  it('stand at the end of a chain whose policy drops', () => {
    const found = planExceptions(
      view({ output: { hook: 'output', policy: 'drop', rules: [[dport(80), { accept: null }]] } }),
      [nftables],
    );
    expect(found).toMatchObject({ opens: [], operations: [{ rules: [{ place: 'end' }] }] });
  });

  it('are made for all that stops it: out in two chains, and the answer, only of that connection', () => {
    const found = planExceptions(
      view({
        first: { hook: 'output', prio: -10, rules: [drop] },
        output: { hook: 'output', rules: [drop] },
        input: { hook: 'input', rules: [drop] },
      }),
      [nftables],
    );
    expect(found).toMatchObject({
      opens: [],
      operations: [
        {
          rules: [
            { chain: 'first' },
            { chain: 'output' },
            { chain: 'input', match: { source: address, sport: 443, established: true } },
          ],
        },
      ],
    });
  });

  it('for answers are wider where connections are not known yet, and that is told', () => {
    const found = planExceptions(view({ early: { hook: 'prerouting', prio: -300, rules: [drop] } }), [nftables]);
    expect(found).toMatchObject({
      operations: [{ rules: [{ chain: 'early', match: { source: address, sport: 443 } }] }],
    });
    expect('opens' in found && found.opens.join()).toMatch(/new connections from port 443/);
  });

  it('are told beside rules for other ports, though nobody knows yet which port this computer will send from', () => {
    const rules = {
      hook: 'input',
      rules: [
        [dport(22), ...drop],
        [dport(8098), ...drop],
      ],
    };
    const known = view({ output: { hook: 'output', rules: [[dport(443), ...drop]] }, input: rules });
    const unasked = ({ dport: _dport, ...packet }: FlowPacket['packet']): FlowPacket['packet'] => packet;
    const flows = known.flows.map((one) => ({
      ...one,
      packets: one.packets.map(({ direction, packet }) => ({ direction, packet: direction === 'in' ? unasked(packet) : packet })), // prettier-ignore
    }));
    expect(planExceptions({ ...known, flows }, [nftables])).toMatchObject({ opens: [], operations: [{ rules: [{ chain: 'output' }] }] }); // prettier-ignore
  });

  const traced = (chain: string, direction: 'out' | 'in', handle?: number): readonly FlowTrace[] => [
    { ...flow, localPort: 1, outcome: { code: 'timed-out' }, steps: 1, seenOut: true, seenIn: false, stoppedBy: { family: 'inet', table: 'filter', chain, kind: handle === undefined ? 'policy' : 'rule', verdict: 'drop', direction, ...(handle !== undefined && { rule: { backend: 'nft', family: 'inet', table: 'filter', chain, handle } }) } } as unknown as FlowTrace, // prettier-ignore
  ];

  it('are made where a rule counts, and the kernel was seen to stop it there', () => {
    const limit = { limit: { rate: 1, burst: 1, per: 'minute', inv: true } };
    const counting = view({
      output: {
        hook: 'output',
        rules: [
          [dport(80), ...drop],
          [dport(443), limit, ...drop],
        ],
      },
    });
    const expected = { operations: [{ rules: [{ chain: 'output', place: { above: 3 } }] }] };
    expect(planExceptions({ ...counting, traced: traced('output', 'out', 3) }, [nftables])).toMatchObject(expected);
    for (const elsewhere of [undefined, traced('output', 'out', 2), traced('output', 'in', 3)])
      expect(planExceptions({ ...counting, ...(elsewhere && { traced: elsewhere }) }, [nftables])).toMatchObject({
        whyNot: expect.stringMatching(/cannot be told.*limit/) as string,
      });
  });

  it('for answers that belong to no connection are as wide as they must be, and that is told', () => {
    const established = { match: { op: 'in', left: { ct: { key: 'state' } }, right: 'established' } };
    const input = { hook: 'input', policy: 'drop', rules: [[established, { accept: null }]] };
    const raw = (rule: unknown) => ({ hook: 'output', prio: -300, rules: [[dport(443), rule]] });
    const untracked = { ...view({ raw: raw({ notrack: null }), input }), traced: traced('input', 'in') };
    const found = planExceptions(untracked, [nftables]);
    expect(found).toMatchObject({ operations: [{ rules: [{ chain: 'input', place: 'end' }] }] });
    expect(JSON.stringify(found)).not.toContain('"established":true');
    expect('opens' in found && found.opens.join()).toMatch(/new connections from port 443/);
    const tracked = { ...view({ raw: raw({ counter: null }), input }), traced: traced('input', 'in') };
    expect(planExceptions(tracked, [nftables])).toMatchObject({
      whyNot: expect.stringMatching(/stopped it a moment ago/) as string,
    });
  });

  it('are not made when the rules let it through', () => {
    expect(
      planExceptions(view({ output: { hook: 'output', rules: [[dport(80), ...drop]] } }), [nftables]),
    ).toMatchObject({ whyNot: /let it through/ });
  });

  it('are not made beneath a manager that would lose them', () => {
    expect(planExceptions(view({ output: { hook: 'output', rules: [drop] } }), [])).toMatchObject({
      whyNot: /not known/,
    });
  });
});
