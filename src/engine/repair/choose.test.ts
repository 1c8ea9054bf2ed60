import { expect, it } from 'vitest';
import type { Ailment, Eyes } from '../../model/remedy.js';
import { choose } from './choose.js';
import type { Tools } from './tools.js';

// Without root no plan is made: whom a refusal names is seen before anything is read.
const eyes = { system: { platform: 'linux', identity: { root: false } } } as unknown as Eyes;
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
