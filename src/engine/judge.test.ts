import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CatalogueEntry, Cause, Finding } from '../model/cause.js';
import type { Facts, FactKey } from '../model/facts.js';
import { operations, symptoms, type Failure } from '../model/failure.js';
import type { Target } from '../model/target.js';
import { failedConnect } from '../causes/names/scene.fixture.js';
import { type Catalogue, choose, type Hearing } from './hear.js';
import { assess } from './judge.js';

const target: Target = {
  input: '192.0.2.1:9',
  scheme: 'tcp',
  host: '192.0.2.1',
  port: 9,
  portGiven: true,
  path: '/',
  transport: 'plain',
  protocol: 'service',
  literal: 4,
};

function refused(...addresses: string[]): Facts {
  const failure: Failure = { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' };
  const value = addresses.map((address) => ({
    address,
    port: 9,
    first: {
      address,
      port: 9,
      failure,
      synchronous: false,
      ms: 1,
      localAddress: null,
      localPort: null,
      icmp: [],
      tcp: null,
    },
    repeats: [],
  }));
  return { target, connect: { state: 'known', value, at: 0, ms: 1, source: 'test' } };
}

const entry = (id: string, extra: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  id,
  side: 'server',
  stage: 'connect',
  title: id,
  symptoms: symptoms('connect', 'refused'),
  ...extra,
});
const cause = (id: string, finding: Finding, extra: Partial<CatalogueEntry> = {}): Cause => ({
  ...entry(id, extra),
  needs: [],
  judge: () => finding,
});
const fits = (weight = 0.5): Finding => ({ says: 'fits', weight, evidence: [] });
const out: Finding = { says: 'ruledOut', because: 'a fact', facts: ['connect'] };
const unknown: Finding = { says: 'unknown', missing: [] };
const proven: Finding = { says: 'proven', evidence: [] };
const verdict = (built: Cause[], unbuilt: Catalogue['unbuilt'] = []) =>
  assess(refused('192.0.2.1'), { built, unbuilt }).judgement;

describe('a target of several addresses', () => {
  const [near, far] = ['192.0.2.1', '192.0.2.2'];
  const of = (id: string, at: Record<string, Finding>, side: Cause['side']): Cause => ({
    ...cause(id, out, { side }),
    judge: ({ address }) => at[address ?? ''] ?? out,
  });
  const both = (...built: Cause[]) => assess(refused(near, far), { built, unbuilt: [] }).judgement;

  it('hangs on the one by which packets get farthest', () => {
    const said = both(of('hop', { [near]: fits(0.9) }, 'path'), of('service', { [far]: fits(0.3) }, 'server'));
    expect(said.verdict).toMatchObject({ cause: 'service', certainty: 'likely' });
    expect(said.also).toMatchObject([{ cause: 'hop' }]);
    const open = both(
      of('hop', { [near]: fits(0.9) }, 'path'),
      of('cut', { [far]: fits(0.5) }, 'path'),
      of('firewall', { [far]: fits(0.5) }, 'server'),
    );
    expect(open.verdict.cause).toBe('undetermined');
  });
  it('is judged by what was tried where connections open: packets get there by each address', () => {
    const at = (stage: 'connect' | 'tls', address: string, side: Cause['side'], weight: number): Hearing => ({
      attempt: { ...failedConnect('connect/timed-out', address), stage },
      opinions: [],
      leading: [{ entry: entry(side, { side, stage }), finding: fits(weight) }],
      certainty: 'likely',
    });
    const chosen = (stage: 'connect' | 'tls') => choose([at(stage, far, 'server', 0.3), at(stage, near, 'path', 0.9)]);
    expect(chosen('connect')?.leading[0]?.entry.id).toBe('server');
    expect(chosen('tls')?.leading[0]?.entry.id).toBe('path');
  });
  it('is surely stopped by what stops all of them', () => {
    const said = both(of('hop', { [near]: fits(), [far]: fits() }, 'path'));
    expect(said.verdict).toMatchObject({ cause: 'hop', certainty: 'confirmed' });
  });
  it('is told of what fails farther on beside what is proven of one', () => {
    const said = both(of('rule', { [near]: proven }, 'this-device'), of('service', { [far]: fits(0.3) }, 'server'), of('rival', { [far]: unknown }, 'server')); // prettier-ignore
    expect(said.verdict).toMatchObject({ cause: 'rule', certainty: 'proven' });
    expect(said.also).toMatchObject([{ cause: 'service', certainty: 'likely' }]);
  });
});

describe('certainty by elimination', () => {
  it('is confirmed when one fits and a fact rules every rival out', () => {
    expect(verdict([cause('a', fits()), cause('b', out)]).verdict).toMatchObject({
      cause: 'a',
      certainty: 'confirmed',
    });
  });
  it('is only likely while a rival is unknown', () => {
    expect(verdict([cause('a', fits()), cause('b', unknown)]).verdict).toMatchObject({
      cause: 'a',
      certainty: 'likely',
    });
  });
  it('is only likely while a rival is declared and not built', () => {
    expect(verdict([cause('a', fits()), cause('b', out)], [entry('c')]).verdict.certainty).toBe('likely');
  });
  it('does not count a declared rival that has another symptom', () => {
    const other = entry('c', { symptoms: symptoms('tls', 'reset') });
    expect(verdict([cause('a', fits())], [other]).verdict.certainty).toBe('confirmed');
  });
  it('is undetermined when several fit, and ranks them', () => {
    const judged = verdict([cause('a', fits(0.2)), cause('b', fits(0.9))]);
    expect(judged.verdict).toMatchObject({ cause: 'undetermined', certainty: 'possible', outcome: 'failed' });
    expect(judged.candidates.map((one) => one.cause)).toEqual(['b', 'a']);
  });
  it('takes what is proven over what fits', () => {
    expect(verdict([cause('a', fits(0.9)), cause('b', proven)]).verdict).toMatchObject({
      cause: 'b',
      certainty: 'proven',
    });
  });
  it('folds a symptom into its cause only when that one holds at least as well', () => {
    const symptom = (weight: number) => cause('a', fits(weight), { yieldsTo: ['b'] });
    expect(verdict([symptom(0.5), cause('b', fits(0.8))]).verdict.cause).toBe('b');
    expect(verdict([symptom(0.9), cause('b', fits(0.2))]).verdict.cause).toBe('undetermined');
    expect(verdict([symptom(0.5), cause('b', out)]).verdict.cause).toBe('a');
  });
  it('speaks of the address at which the experiments were made when another one is as sure', () => {
    const shown = (address: string, weight: number): Cause => ({
      ...cause(`at ${address}`, unknown),
      judge: (attempt) => (attempt.address === address ? fits(weight) : out),
    });
    const rival = cause('r', unknown);
    const built = [shown('2001:db8::1', 0.7), shown('192.0.2.1', 0.5), rival];
    const facts = refused('2001:db8::1', '192.0.2.1');
    expect(assess(facts, { built, unbuilt: [] }).judgement.verdict.cause).toBe('at 2001:db8::1');
  });
  it('says nothing when nothing fits', () => {
    expect(verdict([cause('a', unknown)]).verdict).toMatchObject({ cause: 'undetermined', side: 'unknown' });
  });
  it('names the side on which all candidates agree', () => {
    const device = { side: 'this-device' as const };
    expect(verdict([cause('a', fits(), device), cause('b', fits(), device)]).verdict.side).toBe('this-device');
  });
});

describe('of any opinions', () => {
  const finding = fc.constantFrom<Finding>(fits(0.3), fits(0.7), out, unknown, proven);
  it('is never surer with a rival more that is not ruled out, and never blames one that is', () => {
    fc.assert(
      fc.property(fc.array(finding, { minLength: 1, maxLength: 6 }), (findings) => {
        const built = findings.map((one, index) => cause(`c${index}`, one));
        const before = verdict(built).verdict;
        const after = verdict(built, [entry('rival')]).verdict;
        if (before.certainty !== 'proven') expect(['possible', 'likely']).toContain(after.certainty);
        const blamed = findings[Number(before.cause.slice(1))];
        if (before.cause !== 'undetermined') expect(['fits', 'proven']).toContain(blamed?.says);
      }),
    );
  });
});

describe('any facts', () => {
  it('of any failure give a judgement, and never a sure one without a cause', () => {
    const failures = Object.entries(operations).flatMap(([operation, codes]) =>
      codes.map((code) => ({ operation, code, raw: 'x' }) as Failure),
    );
    for (const failure of failures) {
      const facts = { target, 'name.system': { state: 'failed', failure, at: 0, ms: 0, source: 't' } } as Facts & {
        [K in FactKey]?: unknown;
      };
      expect(['possible', 'likely']).toContain(assess(facts, { built: [], unbuilt: [] }).judgement.verdict.certainty);
    }
  });
});

describe('what nobody can explain', () => {
  it('says by which alert a handshake was ended', () => {
    const place = { address: '192.0.2.1', port: 9 };
    const first = { ...place, synchronous: false, ms: 1, localAddress: null, localPort: null, icmp: [], tcp: null };
    const secure: Facts = {
      target: { ...target, scheme: 'tls', transport: 'tls' },
      connect: { state: 'known', at: 0, ms: 1, source: 'test', value: [{ ...place, first, repeats: [] }] },
      tls: {
        state: 'known',
        at: 0,
        ms: 1,
        source: 'test',
        value: [
          {
            ...place,
            serverName: null,
            ms: 1,
            alpn: null,
            chain: [],
            faults: [],
            clientCertificateAsked: false,
            ocsp: 'absent',
            wallClock: '2026-06-01T12:00:00.000Z',
            failure: { operation: 'tls', code: 'alert', raw: 'alert 120 no_application_protocol' },
          },
        ],
      },
    };
    const { summary } = assess(secure, { built: [], unbuilt: [] }).judgement.verdict;
    expect(summary).toContain('TLS alert 120 no_application_protocol');
  });
});
