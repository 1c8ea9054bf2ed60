import { describe, expect, it } from 'vitest';
import type { Facts, ResolverAnswer, RouteChoice } from '../../model/facts.js';
import { ledInside } from './led-inside.js';
import { answer, configOf, factsOf, failedConnect, named, OWN } from './scene.fixture.js';

const ADDRESS = '10.10.34.35';
const attempt = failedConnect('connect/timed-out', ADDRESS);
const route: RouteChoice = {
  address: ADDRESS,
  type: 'unicast',
  via: '192.168.7.1',
  device: 'eth0',
  source: null,
  table: null,
  error: null,
  line: 'default via 192.168.7.1 dev eth0',
};

function says(
  given: {
    answers?: ResolverAnswer[];
    line?: string;
    hosts?: true;
    asked?: true;
    input?: string;
    router?: string;
    config?: string;
  } = {},
) {
  const { answers = [answer(OWN, [ADDRESS])], line = route.line } = given;
  const facts = factsOf(given.input ?? 'https://shop.example/', {
    'name.direct': named('shop.example', ...answers),
    'device.routes': {
      choices: [{ ...route, line }],
      defaults: given.router === undefined ? [] : [{ family: 4, via: given.router, device: 'eth0', metric: null }],
      rules: [],
    },
    ...(given.config !== undefined && { 'name.config': configOf(given.config) }),
    ...(given.hosts && { 'name.hosts': [{ address: ADDRESS, location: '/etc/hosts:2', text: '' }] }),
    ...(given.asked && { 'name.reference': named('shop.example', answer('192.0.2.53', [ADDRESS])) }),
  });
  const reference = given.asked ? {} : { 'name.reference': { state: 'skipped', why: 'private' } };
  return ledInside(attempt, { ...facts, ...reference } as Facts)?.says ?? null;
}

describe('a public name with an address of private networks', () => {
  it('may be filtered by a name server on the internet, where nothing here has that address', () => {
    expect(says()).toBe('fits');
  });

  it('may be filtered by the router that leads to the internet', () => {
    expect(says({ answers: [answer('192.168.7.1', [ADDRESS])], router: '192.168.7.1' })).toBe('fits');
  });

  it.each([
    ['to the router itself', { answers: [answer(OWN, [ADDRESS])], router: ADDRESS }],
    ['by the router, to itself', { answers: [answer(ADDRESS, [ADDRESS])], router: ADDRESS }],
    ['by a name server to itself, where no way leads out', { answers: [answer(ADDRESS, [ADDRESS])], config: ADDRESS }],
  ] as const)('may be filtered where it leads %s, in this very network', (_, given) => {
    expect(says({ ...given, answers: [...given.answers], line: '10.10.0.0/16 dev eth0 scope link' })).toBe('fits');
  });

  it.each([
    ['it leads to another device of this network', { line: '10.10.0.0/16 dev eth0 scope link', router: '10.10.0.1' }],
    ['a name server inside gives it', { answers: [answer('192.168.7.2', [ADDRESS])], router: '192.168.7.1' }],
    ['one of them is inside', { answers: [answer(OWN, [ADDRESS]), answer('192.168.7.2', [ADDRESS])] }],
    ['it is a name of this network alone', { input: 'https://printer.lan/' }],
    ['this network has a way of its own there', { line: '10.0.0.0/8 via 192.168.7.9 dev eth0' }],
    ['the hosts file gives it', { hosts: true }],
    ['others were asked: they tell more', { asked: true }],
    ['it was typed', { input: `https://${ADDRESS}/` }],
  ] as const)('says nothing of a filter where %s', (_, given) => {
    expect(says(given as Parameters<typeof says>[0])).toBeNull();
  });
});
