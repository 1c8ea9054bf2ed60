import { expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { FlowTrace } from '../../model/facts.js';
import type { RuleCount } from '../../model/firewall-facts.js';
import { parseTarget } from '../../model/parse-target.js';
import { known } from '../../probes/names/context.fixture.js';
import { ledAsRead } from './led-as-read.js';

const flow = { protocol: 'tcp', address: '198.51.100.10', port: 443 } as const;
const rule = { backend: 'iptables-legacy', family: 'ip', table: 'nat', chain: 'OUTPUT', number: 2 } as const;
const count: RuleCount = {
  address: flow.address,
  port: flow.port,
  direction: 'out',
  family: 'ip',
  table: 'nat',
  chain: 'OUTPUT',
  number: 2,
  rounds: [3, 0, 5, 0, 2].map((tried) => ({ tried, counted: tried })),
  ended: 'timed-out',
};
const attempt = { ...flow, stage: 'connect', outcome: { operation: 'connect', code: 'timed-out', raw: '' } };

function led(stoppedBy: object | null) {
  const parsed = parseTarget('https://198.51.100.10/');
  if (!parsed.ok) throw new Error(parsed.why);
  const decision = { ...flow, direction: 'out', verdict: 'redirect', to: '192.0.2.9:3128', rule };
  const facts = {
    target: parsed.target,
    'device.firewall': known({ decisions: [decision] }),
    'device.ruleCounts': known([count]),
    'kernel.trace': known({ flows: [{ ...flow, stoppedBy } as unknown as FlowTrace] }),
  };
  return ledAsRead(attempt as unknown as FailedAttempt, { facts, attempts: [] } as never);
}

it('is proven by the counter of the rule', () => {
  expect(led(null)).toMatchObject({ proven: true });
});

it('is nothing where the kernel saw another rule end it behind that one', () => {
  expect(led({ family: 'inet', table: 'filter', chain: 'output', direction: 'out' })).toBeNull();
});
