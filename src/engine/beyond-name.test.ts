import { describe, expect, it } from 'vitest';
import type { Cause, Finding } from '../model/cause.js';
import type { Facts, FactKey } from '../model/facts.js';
import { symptoms } from '../model/failure.js';
import { parseTarget } from '../model/parse-target.js';
import { assess } from './judge.js';

const LIE = '192.0.2.1';
const TRUE = '198.51.100.10';
const parsed = parseTarget('https://shop.example/');
if (!parsed.ok) throw new Error(parsed.why);

const refused = { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' } as const;
const reset = { operation: 'tls', code: 'reset', raw: 'ECONNRESET' } as const;
const tried = (address: string, failure?: typeof refused) => ({
  address,
  port: 443,
  ...(failure && { failure }),
  synchronous: false,
  ms: 1,
  localAddress: null,
  localPort: null,
  icmp: [],
  tcp: null,
});
const shaken = (failure?: typeof reset) => ({
  address: TRUE,
  port: 443,
  ms: 1,
  ...(failure && { failure }),
  chain: [],
});
const known = (value: unknown) => ({ state: 'known', value, at: 0, ms: 1, source: 'test' });

function facts(more: { readonly [K in FactKey]?: unknown } = {}): Facts {
  return {
    target: parsed.ok ? parsed.target : undefined,
    'name.system': known({ addresses: [LIE] }),
    connect: known([{ address: LIE, port: 443, first: tried(LIE, refused), repeats: [] }]),
    ...more,
  } as unknown as Facts;
}

const lying: Cause = {
  id: 'liar',
  side: 'path',
  stage: 'name',
  title: 'liar',
  symptoms: symptoms('connect', 'refused'),
  falsifies: true,
  needs: [],
  judge: () => ({ says: 'proven', evidence: [] }),
};
/** Only at the true address, of a handshake that was cut. */
const filter = (finding: Finding): Cause => ({
  id: 'filter',
  side: 'path',
  stage: 'tls',
  title: 'A filter.',
  symptoms: symptoms('tls', 'reset'),
  needs: [],
  judge: ({ address }, scene) =>
    address === TRUE && scene.facts['kernel.trace'] === undefined ? finding : { says: 'unknown', missing: [] },
});
const ahead = known({ address: TRUE, port: 443, routes: null, localEnd: null, interference: null });
const cut = known([{ address: TRUE, port: 443, connect: tried(TRUE), tls: shaken(reset) }]);
const judge = (given: Facts, finding: Finding = { says: 'proven', evidence: [] }, root = lying) =>
  assess(given, { built: [root, filter(finding)], unbuilt: [] });

describe('what waits where the name should lead', () => {
  it('is looked for only where a name is given a wrong address', () => {
    expect(judge(facts()).missing).toEqual(['name.places']);
    expect(judge(facts({ 'name.places': cut })).missing).toEqual(['name.ahead']);
    const { falsifies: _, ...other } = lying;
    expect(judge(facts(), undefined, other).missing).toEqual([]);
  });
  it('is told beside the lie, as sure as it is by itself, and nothing of the wrong address is held against it', () => {
    const trace = known([]);
    const { judgement } = judge(facts({ 'name.places': cut, 'name.ahead': ahead, 'kernel.trace': trace }));
    expect(judgement.verdict.cause).toBe('liar');
    expect(judgement.also).toMatchObject([{ cause: 'filter', certainty: 'proven', stage: 'tls' }]);
    expect(judgement.also[0]?.summary).toContain(TRUE);
  });
  it('is at most likely where it is not proven: that the name leads there is the word of others', () => {
    const { judgement } = judge(facts({ 'name.places': cut, 'name.ahead': ahead }), { says: 'fits', evidence: [] });
    expect(judgement.also).toMatchObject([{ cause: 'filter', certainty: 'likely' }]);
  });
  it('is told without a cause where none shows', () => {
    const { judgement } = judge(facts({ 'name.places': cut, 'name.ahead': ahead }), { says: 'unknown', missing: [] });
    expect(judgement.also).toMatchObject([{ cause: 'undetermined', certainty: 'possible' }]);
  });
  it('is nothing where the target works there', () => {
    const well = known([{ address: TRUE, port: 443, connect: tried(TRUE), tls: shaken() }]);
    const { judgement, missing } = judge(facts({ 'name.places': well }));
    expect(judgement.also).toEqual([]);
    expect(missing).toEqual([]);
  });
});
