import { describe, expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { remedy as bypass } from './bypass-proxy.js';
import { remedy as correct } from './correct-proxy.js';
import type { SettingLooks } from './setting-lines.js';
import { remedy as unsetOwn } from './unset-own-proxy.js';
import { remedy as unset } from './unset-proxy.js';
import { checkOperation } from '../../operations/all.js';

const server = { scheme: 'https', host: 'proxy.example', port: 3128, portGiven: true, authentication: false } as const;
const setting = { name: 'https_proxy', location: 'environment', server };

/** `spokenTo`: what the proxy answered in another scheme. */
interface More {
  readonly location?: string;
  readonly spokenTo?: { readonly failure?: { readonly code: string } };
  readonly certificateFaults?: readonly unknown[];
  readonly direct?: boolean;
}

function ailment(more: More = {}): Ailment {
  const used = { ...setting, location: more.location ?? 'environment' };
  const works = { ...server, scheme: 'http' };
  const target = { host: 'shop.example', protocol: 'tcp' };
  return {
    target,
    verdict: {
      cause: 'proxy-misconfigured',
      culprit: { kind: 'setting', name: used.name, location: used.location },
    },
    facts: {
      target,
      'proxy.choice': { state: 'known', value: { setting: used } },
      'proxy.way': { state: 'known', value: { setting: used, tls: { faults: more.certificateFaults ?? [] } } },
      'proxy.variations': {
        state: 'known',
        value: [
          {
            way: {
              setting: { ...used, server: works },
              tunnels: [more.spokenTo ?? { failure: { code: 'not-a-proxy' } }],
            },
          },
        ],
      },
      'connect.direct': {
        state: 'known',
        value: { connect: more.direct === false ? [] : [{ first: {} }], addresses: [] },
      },
    },
  } as unknown as Ailment;
}

const text = 'https_proxy=https://proxy.example:3128';
const looks: SettingLooks = {
  lines: [{ file: 'environment', number: 1, text, setting }],
  texts: { environment: `${text}\n` },
  variables: ['https_proxy'],
  noProxy: null,
};

describe('a proxy that is set wrongly', () => {
  it('is written as it answered', () => {
    const one = ailment({ spokenTo: {} });
    expect(correct.offers(one)).toBe(true);
    expect(correct.plan(one, looks)).toMatchObject({
      wider: false,
      session: { https_proxy: 'http://proxy.example:3128' },
      operations: [{ file: 'environment', edits: [{ do: 'change', line: 1, was: text }] }],
    });
    expect(correct.offers(ailment({ spokenTo: { failure: { code: 'authentication' } } }))).toBe(true);
    expect(correct.plan(ailment(), looks)).toHaveProperty('whyNot');
  });

  it('is not spoken to in the clear where its certificate does not hold', () => {
    const one = ailment({ spokenTo: {}, certificateFaults: [{ code: 'expired' }] });
    expect(correct.offers(one)).toBe(false);
    expect(correct.plan(one, looks)).toHaveProperty('whyNot');
  });

  it('is promised only where a file may set it', () => {
    const inFile = { ...setting, location: '/etc/environment:1' };
    const read = (settings: readonly unknown[]): Ailment => {
      const one = ailment({ spokenTo: {} });
      return { ...one, facts: { ...one.facts, 'proxy.settings': { state: 'known', value: { settings } } } } as Ailment;
    };
    for (const remedy of [correct, bypass, unset]) {
      expect(remedy.offers(read([inFile]))).toBe(true);
      expect(remedy.offers(read([{ ...setting, name: 'http_proxy' }]))).toBe(false);
      expect(remedy.offers(read([]))).toBe(false);
    }
  });

  it('is passed by for the one host', () => {
    expect(bypass.plan(ailment(), looks)).toMatchObject({
      wider: false,
      session: { no_proxy: 'shop.example' },
      operations: [{ edits: [{ do: 'add', below: 1, what: { host: 'shop.example', style: 'plain' } }] }],
    });
    expect(bypass.plan(ailment({ direct: false }), looks)).toHaveProperty('whyNot');
    const elsewhere = { ...looks, noProxy: { name: 'no_proxy', value: 'a' } };
    expect(bypass.plan(ailment(), elsewhere)).toMatchObject({
      whyNot: expect.stringContaining('elsewhere') as unknown,
    });
  });

  it('is switched off, and that opens more', () => {
    expect(unset.plan(ailment(), looks)).toMatchObject({ wider: true, session: { https_proxy: null } });
  });

  it.each([correct, bypass, unset])('stays where no file sets it: $id', (remedy) => {
    const nowhere = { ...looks, lines: [] };
    const one = ailment({ spokenTo: {} });
    expect(remedy.plan(one, nowhere)).toMatchObject({ whyNot: expect.stringContaining('no file') as unknown });
    const given = ailment({ location: 'command line', spokenTo: {} });
    expect(remedy.offers(given)).toBe(false);
    expect(remedy.plan(given, looks)).toHaveProperty('whyNot');
  });

  it("is switched off in a user's own file without root, but not where others set it too", () => {
    const own: SettingLooks = { ...looks, lines: [{ file: '~/.bashrc', number: 1, text, setting }] };
    expect(unsetOwn).toMatchObject({ id: 'unset-own-proxy', needs: 'none' });
    const plan = unsetOwn.plan(ailment(), own);
    expect(plan).toMatchObject({ operations: [{ file: '~/.bashrc', edits: [{ do: 'comment-out', line: 1 }] }] });
    for (const one of 'operations' in plan ? plan.operations : []) expect(checkOperation(one)).toEqual(one);
    expect(unsetOwn.plan(ailment(), { ...own, elsewhere: true })).toHaveProperty('whyNot');
  });

  it.each([
    '~/.ssh/authorized_keys',
    '~/../.bashrc',
    '~/.config/environment.d/../x.conf',
    '~root/.bashrc',
    '/etc/passwd',
  ])('is edited in no other file: %s', (file) => {
    const operation = { kind: 'file-lines', file, edits: [{ do: 'comment-out', line: 1, was: 'a' }] };
    expect(() => checkOperation(operation)).toThrow(/not valid/);
  });

  it('stays where a line sets more than it', () => {
    const line = { file: 'profile.d/p.sh', number: 1, text: 'export a=1 https_proxy=x', setting } as const;
    expect(unset.plan(ailment(), { ...looks, lines: [line] })).toHaveProperty('whyNot');
  });
});

it('has root asked only for a proxy that a file of this computer may set', () => {
  const only = (settings: readonly unknown[]): Ailment => {
    const one = ailment();
    return { ...one, facts: { ...one.facts, 'proxy.settings': { state: 'known', value: { settings } } } } as Ailment;
  };
  const inFile = { ...setting, location: '/etc/environment:1' };
  expect([unset.concerns?.(only([setting])), unset.concerns?.(only([setting, inFile]))]).toEqual([false, true]);
  expect(unsetOwn.concerns?.(only([setting]))).toBe(true);
});
