import { describe, expect, it } from 'vitest';
import type { AppRule } from '../../model/app-firewall-facts.js';
import type { Ailment } from '../../model/remedy.js';
import { checkOperation } from '../../operations/all.js';
import { remedy } from './allow-in-opensnitch.js';

const denies: AppRule = {
  name: '020-no-web',
  action: 'deny',
  enabled: true,
  precedence: false,
  location: '/etc/opensnitchd/rules/020-no-web.json',
  conditions: [{ type: 'simple', operand: 'dest.port', data: '443', exact: false }],
};

interface Given {
  readonly rules?: readonly AppRule[];
  readonly location?: string;
  readonly program?: { readonly path: string; readonly uid: number };
  readonly owner?: string;
}

function ailment({ rules = [denies], location, program, owner = 'OpenSnitch' }: Given = {}): Ailment {
  const known = (value: unknown): object => ({ state: 'known', value });
  const firewall = {
    product: 'OpenSnitch',
    daemon: { pid: 7, process: 'opensnitchd' },
    queues: [0],
    otherwise: 'deny',
    asker: '/usr/bin/node',
    rules,
    closed: [],
  };
  const culprit = { kind: 'policy', owner, location: location ?? rules[0]?.location ?? '/etc/opensnitchd/default-config.json' }; // prettier-ignore
  return {
    target: {},
    verdict: { cause: 'app-policy', stage: 'connect', culprit },
    facts: {
      target: { literal: 4, host: '198.51.100.10', port: 443 },
      'device.appFirewall': known(firewall),
      'device.self': known({ uid: 1000 }),
      ...(program && { 'device.program': known(program) }),
    },
  } as unknown as Ailment;
}

function planned(given?: Given): unknown {
  return remedy.plan(ailment(given), null);
}

const what = { is: 'opensnitch-allow', addresses: ['198.51.100.10'], port: 443, protocol: 'tcp' };
const operation = (more: object = {}): object => ({ operations: [{ kind: 'own-file', what: { ...what, ...more } }] });

describe('an exception in OpenSnitch', () => {
  it('is as narrow as the rule that forbids', () => {
    expect(planned()).toMatchObject(operation());
    const forProgram = { ...denies, conditions: [{ type: 'simple', operand: 'process.path', data: '/usr/bin/node', exact: false }] }; // prettier-ignore
    expect(planned({ rules: [forProgram] })).toMatchObject(operation({ program: '/usr/bin/node' }));
    const forUser = { ...denies, conditions: [{ type: 'simple', operand: 'user.id', data: '1000', exact: false }] };
    expect(planned({ rules: [forUser] })).toMatchObject(operation({ uid: 1000 }));
    expect(planned({ program: { path: '/usr/bin/curl', uid: 1000 } })).toMatchObject(
      operation({ program: '/usr/bin/curl' }),
    );
    expect(planned({ rules: [] })).toMatchObject(operation());
  });

  it('is not made where it would change nothing', () => {
    expect(planned({ owner: 'systemd' })).toEqual({ whyNot: 'it is not OpenSnitch that forbids it' });
    expect(planned({ rules: [{ ...denies, name: '!first', location: '/etc/opensnitchd/rules/!first.json' }] })).toEqual(
      { whyNot: expect.stringContaining('"!first" is asked before') as unknown },
    );
    expect(planned({ rules: [{ ...denies, location: '/srv/rules/a.json' }] })).toEqual({
      whyNot: expect.stringContaining('another folder') as unknown,
    });
  });
});

describe('its operation', () => {
  it.each([
    { ...what, addresses: ['198.51.100.10; reboot'] },
    { ...what, addresses: [] },
    { ...what, addresses: ['fe80::1%eth0'] },
    { ...what, port: 0 },
    { ...what, protocol: 'any' },
    { ...what, program: 'curl' },
    { ...what, program: '/usr/bin/a\u001b[2J' },
    { ...what, uid: -1 },
    { ...what, action: 'deny' },
    { ...what, is: 'file' },
  ])('refuses %j', (wrong) => {
    expect(() => checkOperation({ kind: 'own-file', what: wrong })).toThrow(/not valid/);
    expect(() => checkOperation({ kind: 'own-file', what, path: '/etc/shadow' })).toThrow(/not valid/);
    expect(checkOperation({ kind: 'own-file', what })).toEqual({ kind: 'own-file', what });
  });
});
