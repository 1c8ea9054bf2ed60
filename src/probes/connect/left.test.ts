import { expect, it } from 'vitest';
import { contextOf, facts } from '../../inspectors/context.fixture.js';
import type { FlowTrace } from '../../model/facts.js';
import type { LeavingCount } from '../../model/links.js';
import { known } from '../../model/observed.js';
import { left } from './left.js';

const flow: FlowTrace = {
  protocol: 'tcp',
  address: '198.51.100.10',
  port: 443,
  localPort: 40_000,
  outcome: { operation: 'connect', code: 'timed-out', raw: 'given up' },
  stoppedBy: { family: 'ip', table: 'mangle', chain: 'OUTPUT', kind: 'rule', verdict: 'queue', direction: 'out' },
  steps: 1,
  seenOut: true,
  seenIn: false,
};
const link = { name: 'eth0', index: 3, kind: null, up: true, carrier: true, addresses: [], mtu: 1500 };
const route = {
  address: flow.address, type: 'unicast', via: '192.168.7.1', device: 'eth0', source: '192.168.7.20', table: null, error: null, line: null,
}; // prettier-ignore

const when = { at: 0, ms: 0 };

function asked(counted: LeavingCount | string, flows: readonly FlowTrace[] = [flow]) {
  const context = contextOf({ dial: () => 'silent' });
  const links = {
    whoHas: () => Promise.resolve([]),
    knock: () => Promise.resolve(null),
    leaving: () => Promise.resolve(counted),
    answers: () => Promise.resolve('nobody listens'),
    routersSay: () => Promise.resolve([]),
  };
  const all = facts('198.51.100.10', {
    'kernel.trace': { ...known({ flows }, ''), ...when },
    'device.routes': { ...known({ choices: [route], defaults: [], rules: [] }, ''), ...when },
    'device.interfaces': { ...known([link], ''), ...when },
  });
  const withLinks = { ...context, system: { ...context.system, links } };
  return { skips: left.when?.(all, withLinks) ?? null, result: left.gather(all, withLinks) };
}

it('counts what left while the connection was tried again', async () => {
  const { skips, result } = asked({ frames: 2, opening: 0, answers: 0 });
  expect(skips).toBeNull();
  expect(await result).toMatchObject({
    state: 'known',
    value: [{ address: flow.address, device: 'eth0', failure: { code: 'timed-out' }, frames: 2, opening: 0 }],
  });
});

it('is for packets alone that a program was given', () => {
  expect(asked({ frames: 1, opening: 1, answers: 0 }, [{ ...flow, stoppedBy: null }]).skips).toMatch(/no packet/);
});

it('says nothing where the link cannot be heard', async () => {
  expect(await asked('this link has no addresses of its own').result).toMatchObject({ state: 'skipped' });
});
