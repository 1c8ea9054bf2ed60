import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { drawCase } from './draw.js';
import { fateOf } from './observe/fate.js';
import { steadinessOf, type Attempts } from './observe/steadiness.js';
import { readArp, readPacket } from './observe/packet.js';
import type { Heard, Sighting } from './observe/wiretap.js';
import { rowsOf } from './score/confidence-table.js';
import { figuresOf, type CaseRecord } from './score/figures.js';
import { scoreOf } from './score/score.js';
import type { Observation } from './observe/observation.js';
import { truthOf } from './truth/derive.js';
import { resolversOf } from './truth/naming.js';
import { addressIn, explain, type Truth } from './truth/truth.js';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');

/** 192.0.2.1:4000 → 198.51.100.7:443 */
function tcp(flags: number, seq: number, ack = 0, back = false): Buffer {
  const [from, to] = back ? ['c6336407', 'c0000201'] : ['c0000201', 'c6336407'];
  const ports = back ? '01bb0fa0' : '0fa001bb';
  const word = (value: number): string => value.toString(16).padStart(8, '0');
  return bytes(
    `45000028 00000000 40060000 ${from} ${to} ${ports} ${word(seq)} ${word(ack)} 50 ${flags.toString(16).padStart(2, '0')} 0000 00000000`,
  );
}

function heard(...seen: readonly (readonly [Sighting['machine'], 'in' | 'out', Buffer])[]): Heard {
  return {
    sightings: seen.map(([machine, way, raw]) => {
      const packet = readPacket(raw);
      if (!packet) throw new Error('no packet');
      return { machine, interface: 1, leaves: way === 'out', packet };
    }),
    neighbours: [],
  };
}

describe('packets', () => {
  it('are read as far as they must be known again', () => {
    expect(readPacket(tcp(2, 77))).toEqual({
      family: 4,
      source: '192.0.2.1',
      destination: '198.51.100.7',
      hopLimit: 64,
      tcp: { sport: 4000, dport: 443, seq: 77, ack: 0, flags: 2, length: 0 },
    });
    expect(readArp(bytes('0001 0800 06 04 0001 020000000001 c0000201 000000000000 c0000299'))).toEqual({
      asks: true,
      address: '192.0.2.153',
    });
  });

  it('may be cut off anywhere', () => {
    for (let length = 0; length < 40; length++) expect(() => readPacket(tcp(2, 1).subarray(0, length))).not.toThrow();
    expect(readPacket(Buffer.alloc(3))).toBeNull();
  });

  it('of ICMP hold what they are about', () => {
    const icmp = bytes(`45000044 00000000 40010000 cb007101 c0000201 030d0000 00000000 ${tcp(2, 99).toString('hex')}`);
    expect(readPacket(icmp)?.icmp).toMatchObject({ type: 3, code: 13, about: { tcp: { seq: 99, dport: 443 } } });
  });
});

describe('fates', () => {
  const to = { address: '198.51.100.7', port: 443 };

  it('tell where a packet ended', () => {
    const fate = fateOf(heard(['device', 'out', tcp(2, 7)], ['home', 'in', tcp(2, 7)]), 4000, to);
    expect(fate).toMatchObject({ left: true, endedIn: ['home'], replies: [] });
  });

  it('tell who answered, whatever the answer says of itself', () => {
    const reset = tcp(20, 0, 8, true);
    const seen = heard(
      ['device', 'out', tcp(2, 7)],
      ['home', 'in', tcp(2, 7)],
      ['home', 'out', tcp(2, 7)],
      ['edge', 'in', tcp(2, 7)],
      ['edge', 'out', reset],
      ['home', 'in', reset],
      ['home', 'out', reset],
      ['device', 'in', reset],
    );
    expect(fateOf(seen, 4000, to)).toMatchObject({
      endedIn: ['edge'],
      replies: [{ kind: 'resets', madeBy: 'edge', arrived: true, source: '198.51.100.7' }],
    });
  });

  it('tell that nothing left', () => {
    expect(fateOf(heard(), 4000, to).left).toBe(false);
    expect(fateOf(heard(['device', 'out', tcp(2, 7)]), 4001, to).left).toBe(false);
  });
});

describe('steadiness', () => {
  const to = ['198.51.100.7'];

  it('tells attempts that fared alike from those that chance decided', () => {
    const accepts = (seq: number): Buffer => tcp(18, 5, seq + 1, true);
    const lucky = heard(['device', 'out', tcp(2, 7)], ['device', 'out', tcp(2, 8)], ['device', 'in', accepts(8)]);
    const of = (seen: Heard, port: number): unknown => steadinessOf(seen, to, port).perAddress;
    const one = { address: to[0], answered: 1, opened: 1, silent: 1, turnedAway: 0 };
    expect(of(lucky, 443)).toEqual([one]);
    const last = heard(['device', 'out', tcp(2, 7)], ['device', 'in', accepts(7)], ['device', 'out', tcp(2, 8)]);
    expect(of(last, 443)).toEqual([{ ...one, silent: 0 }]);
    const never = heard(['device', 'out', tcp(2, 7)], ['device', 'out', tcp(2, 7)]);
    expect(of(never, 443)).toEqual([{ ...one, answered: 0, opened: 0 }]);
    expect(of(lucky, 80)).toEqual([]);
    const said = bytes(`45000044 00000000 40010000 cb007101 c0000201 03000000 00000000 ${tcp(2, 8).toString('hex')}`);
    const turned = heard(['device', 'out', tcp(2, 8)], ['device', 'in', said]);
    expect(of(turned, 443)).toEqual([{ ...one, answered: 0, opened: 0, silent: 0, turnedAway: 1 }]);
  });
});

describe('cases', () => {
  it('are the same for the same seed, and differ', () => {
    const text = (seed: number, number: number): string =>
      JSON.stringify(drawCase(seed, number, null), (key, value: unknown) => (key === 'random' ? 0 : value));
    const all = Array.from({ length: 60 }, (_, number) => text(5, number));
    expect(new Set(all).size).toBe(60);
    expect(Array.from({ length: 60 }, (_, number) => text(5, number))).toEqual(all);
    expect(text(6, 0)).not.toBe(all[0]);
  });

  it('are of many kinds', () => {
    const drawn = Array.from({ length: 300 }, (_, number) => drawCase(9, number, null).draft);
    expect(new Set(drawn.map(({ fault }) => fault.split(' ')[0])).size).toBeGreaterThan(10);
    expect(new Set(drawn.map(({ network }) => network.routers.length)).size).toBe(4);
    expect(drawn.every(({ distractors }) => distractors.length <= 3)).toBe(true);
    expect(drawn.some(({ network }) => network.detour)).toBe(true);
    expect(drawn.some(({ network }) => network.translates)).toBe(true);
  });
});

const report = (cause: string, certainty: string, more: object = {}): Report =>
  ({ verdict: { cause, certainty, outcome: 'failed', ...more }, candidates: [] }) as unknown as Report;
const truth: Truth = {
  ...explain('nothing-listening', 'seen', { alike: ['server-firewall'], culprit: addressIn(['192.0.2.1']) }),
  outcomes: ['failed'],
};

describe('the truth of a name that a router answers for', () => {
  const draft = Array.from({ length: 400 }, (_, number) => drawCase(9, number, null).draft).find(({ fault }) =>
    fault.endsWith('answers for every resolver: denies'),
  );
  const seen = (atReference: string): Observation => {
    if (!draft) throw new Error('no such case among those drawn');
    const { network, aim } = draft;
    const [resolver = ''] = resolversOf(draft);
    return {
      answer: { addresses: [], lookup: 'ENOTFOUND', tried: [] },
      tried: [],
      questions: [
        { resolver, leftBy: 1, entered: [], endedIn: [], errors: [], answers: [{ madeBy: 'home', rcode: 3, arrived: true }] },
      ],
      unanswered: [],
      rules: [],
      device: { linkDown: false, families: [4], others: {} },
      controls: {
        otherWay: null,
        connect: [],
        seen: [],
        names: [{ resolver: network.referenceResolver[4], name: aim.host, outcome: atReference, addresses: [] }],
      },
      overflows: 0,
      lossy: [],
      steadiness: { perAddress: [], errors: [] },
    }; // prettier-ignore
  };

  it('cannot be told where the references are answered for with the same', () => {
    if (!draft) throw new Error('no such case among those drawn');
    expect(truthOf(draft, seen('ENOTFOUND'))).toMatchObject({
      primary: 'dns-answer-forged',
      alike: ['name-does-not-exist', 'mistyped-name'],
    });
    expect(truthOf(draft, seen('ok'))).toMatchObject({ primary: 'dns-answer-forged', alike: [] });
    expect(truthOf(draft, seen('timed-out')).alike).toEqual([]);
  });
});

describe('the truth of two equal ways of which one is shut', () => {
  const draft = drawCase(9, 0, null).draft;
  const address = draft.network.server[4];
  const port = draft.aim.port;
  const fate = { left: true, leftBy: 1, entered: ['home'], endedIn: ['home'], copies: 1, circled: false, vanishedBehind: [], replies: [] } as const; // prettier-ignore
  const cut = { resetBy: [], swallowedIn: [], heard: false, longLostIn: [] } as const;
  const truthFor = (connect: string, own: Partial<Attempts>): Truth =>
    truthOf(draft, {
      answer: { addresses: [address], lookup: 'ok', tried: [] },
      tried: [{ tried: { address, port, localPort: 1, connect, ms: 1 }, fate, cut }],
      questions: [],
      unanswered: [],
      rules: [],
      device: { linkDown: false, families: [4], others: {} },
      controls: { otherWay: null, connect: [], names: [], seen: [] },
      overflows: 0,
      lossy: [],
      steadiness: {
        perAddress: [{ address, answered: 0, opened: 0, silent: 0, turnedAway: 0, ...own }],
        errors: [],
      },
    });
  const rights = ({ right }: Truth): string[] => right.map(({ cause }) => cause);

  it('is that it works for the command, and not for the client', () => {
    const met = truthFor('timed-out', { answered: 3, opened: 3 });
    expect(rights(met)).toEqual(expect.arrayContaining(['dropped-on-path', 'reachable', 'packet-loss']));
    expect(rights(truthFor('timed-out', { silent: 3 }))).not.toContain('reachable');
  });

  it('leaves to the command what its own packets met, as likely', () => {
    const met = truthFor('ok', { turnedAway: 2 });
    expect(rights(met)).not.toContain('ipv4-broken');
    expect(met.alike).toEqual(expect.arrayContaining(['ipv4-broken', 'unreachable-by-hop']));
    expect(truthFor('ok', { answered: 2, opened: 2 }).alike).toEqual([]);
  });
});

describe('scores', () => {
  it.each([
    ['the true cause', report('nothing-listening', 'likely'), 'right', false],
    ['another that looks the same, as likely', report('server-firewall', 'likely'), 'alike', false],
    ['another that looks the same, as sure', report('server-firewall', 'confirmed'), 'wrong', true],
    ['a wrong one', report('host-down', 'likely'), 'wrong', false],
    [
      'the true cause with a wrong culprit',
      report('nothing-listening', 'proven', { culprit: { address: '192.0.2.9' } }),
      'wrong',
      true,
    ],
    [
      'the true cause with another outcome',
      report('nothing-listening', 'likely', { outcome: 'reachable' }),
      'wrong',
      false,
    ],
    ['none, without the true one', report('undetermined', 'possible'), 'wrong', false],
    ['no report', null, 'no report', false],
  ] as const)('%s', (_, given, score, sure) => {
    expect(scoreOf(given, truth)).toMatchObject({ score, sure });
  });

  it('undetermined is right only where nobody can tell', () => {
    const open = {
      ...report('undetermined', 'possible'),
      candidates: [{ cause: 'nothing-listening' }],
    } as unknown as Report;
    expect(scoreOf(open, truth).score).toBe('open');
    expect(scoreOf(open, { ...truth, alike: [] }).score).toBe('undecided');
  });

  it('become figures and the table of confidence', () => {
    const one: CaseRecord = {
      seed: 1, number: 0, as: 'root', truth: 'host-down', alike: false, cause: 'host-down', certainty: 'likely', symptom: 'connect/timed-out', first: 'host-down', score: 'right', sure: false, why: '', faults: [], ms: 100,
    }; // prettier-ignore
    const wrong: CaseRecord = { ...one, number: 1, cause: 'no-route', score: 'wrong', sure: true, ms: 300 };
    const figures = figuresOf([one, wrong, { ...one, cause: 'undetermined', certainty: 'possible', score: 'open' }]);
    expect(figures).toMatchObject({ cases: 3, top1: 2, right: 1, open: 1, wrong: 1, wrongAndSure: [1] });
    expect(rowsOf([one, wrong])).toEqual([{ certainty: 'likely', symptom: 'connect/timed-out', cases: 2, right: 1 }]);
  });
});
