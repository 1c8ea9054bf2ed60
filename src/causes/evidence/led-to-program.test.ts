import { expect, test } from 'vitest';
import { known } from '../../probes/names/context.fixture.js';
import { parseTarget } from '../../model/parse-target.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { LocalEnd } from '../../model/facts.js';
import { heldByProgramHere, ledToSilentProgram } from './led-to-program.js';

const end: LocalEnd = { address: '127.0.0.1', port: 3129, process: null, pid: null, uid: 0 };

function judged(of: LocalEnd | null, code = 'timed-out', routeType = 'unicast') {
  const address = '198.51.100.10';
  const attempt = {
    stage: 'tls',
    address,
    port: 443,
    protocol: 'tls',
    hop: 0,
    outcome: { operation: 'tls', code, raw: '' },
  };
  const parsed = parseTarget(`https://${address}/`);
  if (!parsed.ok) throw new Error(parsed.why);
  const route = {
    address,
    type: routeType,
    via: null,
    device: 'eth0',
    source: null,
    table: null,
    error: null,
    line: null,
  };
  const facts = {
    target: parsed.target,
    'connect.localEnd': known([{ address, port: 443, end: of }]),
    'device.routes': known({ choices: [route], defaults: [], rules: [] }),
  };
  const both = [attempt as unknown as FailedAttempt, { facts } as never] as const;
  return [ledToSilentProgram(...both), heldByProgramHere(...both)];
}

test('a program of this device that takes no connection is at fault, and not the server', () => {
  const [led, held] = judged({ ...end, taken: false });
  expect(led).toMatchObject({ says: 'fits', weight: 0.95, culprit: { kind: 'service', name: 'port 3129' } });
  expect(held).toMatchObject({ says: 'ruledOut' });
});

test('one that took it may wait for the server itself', () => {
  const [led, held] = judged(end);
  expect(led).toMatchObject({ says: 'fits', weight: 0.5 });
  expect(held).toBeNull();
  expect(judged({ ...end, onward: 'same' })[1]).toBeNull();
  expect(judged({ ...end, onward: 'none' })[1]).toMatchObject({ says: 'ruledOut' });
});

test('nothing is said where the other end is no socket of this device, where that is what was asked for, and of other failures', () => {
  expect(judged(null)).toEqual([null, null]);
  expect(judged({ ...end, taken: false }, 'timed-out', 'local')).toEqual([null, null]);
  expect(judged({ ...end, taken: false }, 'name-mismatch')[0]).toBeNull();
});
