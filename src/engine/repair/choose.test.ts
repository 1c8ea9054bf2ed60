import { expect, it } from 'vitest';
import type { Ailment, Eyes } from '../../model/remedy.js';
import { choose } from './choose.js';
import type { Tools } from './tools.js';

// Without root no plan is made: whom a refusal names is seen before anything is read.
const eyes = { system: { platform: 'linux', identity: { root: false } } } as unknown as Eyes;
const askedAbout = async (verdict: object, facts: object, only: string | null = null): Promise<string[]> => {
  const ailment = { target: { input: 'x' }, verdict, facts } as unknown as Ailment;
  const { refusals } = await choose(ailment, { only, until: null }, 'aaaaaaaa', eyes, {} as Tools);
  return refusals.map(({ remedy }) => remedy);
};
const known = (value: unknown): object => ({ state: 'known', value });
const asked = async (target: object, only: string | null): Promise<string[]> => {
  const verdict = {
    cause: 'local-firewall',
    culprit: { kind: 'firewall-rule', rule: { chain: 'output', text: 'drop' } },
  };
  const ailment = { target, verdict, facts: { target: { host: '', port: 0, ...target } } } as unknown as Ailment;
  const { refusals } = await choose(ailment, { only, until: null }, 'aaaaaaaa', eyes, {} as Tools);
  return refusals.map(({ remedy }) => remedy);
};

it('asks no remedy that has nothing to do with what was found', async () => {
  expect(await asked({ input: 'https://shop.example/' }, null)).toEqual(['allow-in-firewall']);
  expect(await asked({ input: 'inbound tcp/8080', inbound: { from: '192.0.2.7' } }, null)).toEqual(['open-port']);
});

it('tells of the one that somebody asks for by its name, whatever it has to do with it', async () => {
  expect(await asked({ input: 'https://shop.example/' }, 'keep-one-manager')).toEqual(['keep-one-manager']);
});

const noWay = { type: 'none', via: null, device: null, source: null, table: null, error: 'Network is unreachable', line: null }; // prettier-ignore
const eth0 = { name: 'eth0', up: true, carrier: true, kind: null, addresses: [{ address: '192.168.7.20', scope: 'global' }] }; // prettier-ignore

it.each([
  ['a route that refuses', 'no-route', 'route', { line: 'prohibit 198.51.100.10' }, ['remove-refusing-route']],
  ['a rule that refuses', 'no-route', 'route', { line: '32765: from all prohibit' }, ['remove-refusing-rule']],
  ['no route at all', 'no-route', 'route', {}, ['set-gateway']],
  ['a rule of a VPN', 'vpn-blocks', 'firewall-rule', {}, []],
  ['a tunnel', 'vpn-blocks', 'interface', {}, ['remove-vpn-leftovers']],
] as const)('asks of those that look after ways only whom it concerns: %s', async (_what, cause, kind, choice, who) => {
  const culprit = { kind, name: kind === 'interface' ? 'tun0' : 'IPv4 default route', address: '198.51.100.10' };
  const defaults = 'line' in choice ? [{ family: 4, via: '192.168.7.1', device: 'eth0', metric: null }] : []; // prettier-ignore
  const facts = {
    'device.routes': known({ choices: [{ ...noWay, address: '198.51.100.10', ...choice }], defaults, rules: [] }),
    'device.interfaces': known([eth0]),
  };
  const asked = await askedAbout({ cause, culprit }, facts);
  expect(asked.filter((one) => one !== 'renew-lease')).toEqual(who);
});

it.each([
  ['too-many-open-files', 'limit', 'open files of nginx (process 7): 9 of 9', ['raise-file-limit']],
  ['too-many-open-files', 'limit', 'fs.file-max: 9 of 9', ['raise-limit']],
  ['too-many-open-files', 'limit', 'open files of this process (ulimit -n): 9 of 9', []],
  ['server-overloaded', 'server', 'shop.example', []],
  ['server-overloaded', 'limit', 'queue of nginx on port 80: 9 of 9', ['answer-with-cookies']],
  ['antivirus-blocks-url', 'product', 'Squid', ['except-in-web-shield']],
] as const)(
  'asks of those that look after limits and scanners only whom it concerns: %s, %s %s',
  async (cause, kind, name, who) => expect(await askedAbout({ cause, culprit: { kind, name } }, {})).toEqual(who),
);
