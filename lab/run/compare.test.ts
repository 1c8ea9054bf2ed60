import { describe, expect, it } from 'vitest';
import type { Report, Verdict } from '../../src/model/report.js';
import type { Culprit } from '../../src/model/words.js';
import { both, failed, localFirewall, undetermined } from '../scenario.js';
import type { RulePlace } from '../world/handles.js';
import { findRule } from '../world/handles.js';
import { compare, exitFor } from './compare.js';

const verdict = (part: Partial<Verdict>): Verdict => ({
  outcome: 'failed',
  cause: 'nothing-listening',
  side: 'server',
  stage: 'connect',
  certainty: 'likely',
  summary: 'Nothing listens there.',
  ...part,
});

const report = (root: Verdict, more: Partial<Report> = {}): Report => ({
  schema: 'whoblocked/report/1',
  version: '0',
  startedAt: '2026-11-27T00:00:00Z',
  elapsedMs: 1,
  packets: 1,
  as: { uid: 0, user: 'root', privileges: [] },
  target: { input: 'x', scheme: 'https', host: 'x', port: 443, addresses: [] },
  verdict: root,
  candidates: [],
  also: [],
  ruledOut: [],
  unknown: [],
  evidence: [],
  remedies: [],
  facts: {} as Report['facts'],
  ...more,
});

const place: RulePlace = { family: 'inet', table: 'lab', chain: 'output', handle: 7 };
const rules = new Map([['block', place]]);
const differences = (got: Report, wanted: Parameters<typeof compare>[1]): string[] =>
  compare(got, wanted, rules).differences;

describe('compare', () => {
  it('takes the right cause', () => {
    expect(differences(report(verdict({})), failed('nothing-listening', { side: 'server' }))).toEqual([]);
  });

  it('refuses the wrong cause, and calls it wrong and sure only when it was sure', () => {
    expect(compare(report(verdict({})), failed('host-down'), rules)).toMatchObject({ wrongAndSure: false });
    const sure = compare(report(verdict({ certainty: 'confirmed' })), failed('host-down'), rules);
    expect(sure).toMatchObject({ wrongAndSure: true, differences: ['cause nothing-listening instead of host-down'] });
  });

  it('refuses more certainty than the evidence carries', () => {
    const wanted = failed('nothing-listening', { certainty: { atMost: 'likely' } });
    expect(differences(report(verdict({ certainty: 'confirmed' })), wanted)).toHaveLength(1);
  });

  it('wants the true cause among the candidates', () => {
    const open = verdict({ cause: 'undetermined', side: 'unknown', certainty: 'possible' });
    const offered = report(open, { candidates: [verdict({})] });
    expect(differences(offered, undetermined(['nothing-listening']))).toEqual([]);
    expect(differences(offered, undetermined(['server-firewall']))).toHaveLength(1);
  });

  it('wants the rule that the kernel numbered', () => {
    const culprit = (handle: number): Culprit => ({
      kind: 'firewall-rule',
      rule: { backend: 'nft', family: 'inet', table: 'lab', chain: 'output', handle },
    });
    const blocked = { cause: 'local-firewall', side: 'this-device', certainty: 'proven' } as const;
    const wanted = localFirewall({ handleOf: 'block' }).root;
    expect(differences(report(verdict({ ...blocked, culprit: culprit(7) })), wanted)).toEqual([]);
    const wrong = compare(report(verdict({ ...blocked, culprit: culprit(8) })), wanted, rules);
    expect(wrong.wrongAndSure).toBe(true);
  });

  it('refuses blame of the innocent, in also too when it is sure', () => {
    const wanted = both(failed('nothing-listening', { innocent: ['local-firewall'] })).user;
    const beside = (certainty: 'likely' | 'confirmed'): Report =>
      report(verdict({}), { also: [verdict({ cause: 'local-firewall', certainty })] });
    expect(differences(beside('likely'), wanted)).toEqual([]);
    expect(differences(beside('confirmed'), wanted)).toEqual(['local-firewall is blamed']);
  });

  it('knows the exit code of a verdict', () => {
    expect(exitFor(verdict({}))).toBe(1);
    expect(exitFor(verdict({ certainty: 'possible' }))).toBe(3);
    expect(exitFor(verdict({ cause: 'undetermined', certainty: 'likely' }))).toBe(3);
    expect(exitFor(verdict({ outcome: 'degraded' }))).toBe(0);
  });
});

describe('findRule', () => {
  it('reads the place of a rule from a listing', () => {
    const listing =
      'table inet lab { # handle 1\n\tchain output { # handle 1\n\t\ttype filter hook output priority filter; policy accept;\n\t\ttcp dport 443 drop # handle 7\n\t}\n}\n';
    expect(findRule(listing, 'tcp dport 443')).toEqual(place);
    expect(findRule(listing, 'udp')).toBeNull();
  });
});
