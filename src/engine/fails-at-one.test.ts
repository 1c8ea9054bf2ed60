import { describe, expect, it } from 'vitest';
import { connectTry, factsOf, failure } from '../causes/names/scene.fixture.js';
import type { Cause, Finding } from '../model/cause.js';
import type { TlsTry } from '../model/facts.js';
import { symptoms } from '../model/failure.js';
import { assess } from './judge.js';

const [six, four] = ['2001:db8:100::10', '198.51.100.10'];
const tlsTry = (address: string, symptom?: string): TlsTry => ({
  address,
  port: 443,
  serverName: 'shop.example',
  ms: 9,
  alpn: null,
  chain: [],
  faults: [],
  ocsp: 'absent',
  clientCertificateAsked: false,
  wallClock: '2026-06-01T12:00:00.000Z',
  ...(symptom && { failure: failure(symptom) }),
});
const facts = (...tls: TlsTry[]) =>
  factsOf('tls://shop.example:443', {
    'name.system': { addresses: [six, four] },
    connect: [six, four].map((address) => ({ address, port: 443, first: connectTry(address), repeats: [] })),
    tls,
    greeting: [{ address: four, port: 443, ms: 9, protocol: null, silent: true }],
  });
const blamed = (finding: Finding): Cause => ({
  id: 'wrong-name',
  side: 'server',
  stage: 'tls',
  title: 'wrong name',
  needs: [],
  symptoms: symptoms('tls', 'name-mismatch'),
  judge: () => finding,
});
const fits: Finding = { says: 'fits', summary: 'The server shows a wrong name.', evidence: [] };
const said = (finding: Finding, ...tls: TlsTry[]) =>
  assess(facts(...tls), { built: [blamed(finding)], unbuilt: [] }).judgement;

describe('a target of several addresses that holds at a later one', () => {
  it('is no target that can be reached: programs stay with the connection that they have', () => {
    const { verdict, evidence } = said(fits, tlsTry(six, 'tls/name-mismatch'), tlsTry(four));
    expect(verdict).toMatchObject({ outcome: 'degraded', cause: 'wrong-name', certainty: 'confirmed' });
    expect(verdict.summary).toBe(
      `shop.example works at ${four}:443, but not at [${six}]:443, which programs here try before it: the server shows a wrong name.`,
    );
    expect(evidence.at(-1)?.says).toContain('do not go on');
  });
  it('is reached as likely at most where nobody can tell what fails there', () => {
    const out: Finding = { says: 'ruledOut', because: 'a fact', facts: ['tls'] };
    const { verdict, evidence } = said(out, tlsTry(six, 'tls/name-mismatch'), tlsTry(four));
    expect(verdict).toMatchObject({ outcome: 'reachable', cause: 'reachable', certainty: 'likely' });
    expect(evidence[0]?.says).toContain(six);
  });
  it('is reached where an address behind the one that held fails: nobody gets there', () => {
    const { verdict } = said(fits, tlsTry(six), tlsTry(four, 'tls/name-mismatch'));
    expect(verdict).toMatchObject({ outcome: 'reachable', cause: 'reachable', certainty: 'proven' });
  });
});
