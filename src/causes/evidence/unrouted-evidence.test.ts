import { expect, test } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { UnroutedEnd } from '../../model/facts.js';
import { parseTarget } from '../../model/parse-target.js';
import { known } from '../../probes/names/context.fixture.js';
import { ledByThisDevice } from './unrouted-evidence.js';

const address = '198.51.100.10';
const end = (what: UnroutedEnd['end'], from: string | null = null): UnroutedEnd => ({ end: what, from });
const [silent, opened] = [end('silent'), end('connected')];
const inItsName = end('exceeded', address);
const byRouter = end('exceeded', '192.168.7.1');

function isLed(tries: readonly UnroutedEnd[], controls: readonly UnroutedEnd[], stage = 'tls'): boolean {
  const parsed = parseTarget('https://198.51.100.10/');
  if (!parsed.ok) throw new Error(parsed.why);
  const attempt = { stage, protocol: 'tls', address, port: 443, outcome: { code: 'name-mismatch' } };
  const found = { address, port: 443, device: 'eth0', tries, controls };
  const facts = { target: parsed.target, 'connect.unrouted': known([found]) };
  return ledByThisDevice(attempt as unknown as FailedAttempt, { facts } as never) !== null;
}

test('what gets out without a router, and is turned back in the target’s name or opens, is led by this device', () => {
  expect(isLed([inItsName, inItsName], [silent, silent])).toBe(true);
  expect(isLed([opened, opened], [silent, silent])).toBe(true);
  expect(isLed([inItsName, inItsName], [silent, silent], 'connect')).toBe(true);
});

test.each([
  ['it stays silent: a router may lead it', [silent, silent], [silent, silent], 'tls'],
  ['the router speaks in its own name: a rule marks packets', [byRouter, byRouter], [silent, silent], 'tls'],
  ['another port gets out too: proxy ARP', [inItsName, inItsName], [byRouter, byRouter], 'tls'],
  ['it got out once', [inItsName, silent], [silent, silent], 'tls'],
  ['it was tried once', [inItsName], [silent], 'tls'],
  ['it is refused: a rule here may refuse', [end('refused'), end('refused')], [silent, silent], 'connect'],
  ['it opens where it failed before', [opened, opened], [silent, silent], 'connect'],
] as const)('nothing is shown where %s', (_why, tries, controls, stage) => {
  expect(isLed(tries, controls, stage)).toBe(false);
});
