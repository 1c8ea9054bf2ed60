import { expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { betweenScanners } from './two-scanners.js';

const clamav = { name: 'ClamAV', kind: 'antivirus', tried: true };
const asked = (pid: number, process: string, product: object | null) => ({
  pid,
  process,
  product,
  file: '/x',
  by: 'file',
});
const attempt = {
  stage: 'target',
  outcome: { operation: 'execute', code: 'timed-out', raw: 'timed-out' },
} as FailedAttempt;

function judged(guards: readonly ReturnType<typeof asked>[]) {
  const value = {
    files: ['/x'],
    asked: guards,
    waiting: guards.slice(0, 1),
    quarantined: null,
    found: null,
    closed: [],
  };
  const facts = { 'device.programGuards': { state: 'known', value } };
  return betweenScanners(attempt, { facts, attempts: [attempt] } as unknown as Scene);
}

it('counts two processes of one product as one security program', () => {
  const twice = [asked(7, 'clamonacc', clamav), asked(8, 'clamonacc', clamav)];
  expect(judged(twice)).toMatchObject({ says: 'ruledOut', because: expect.stringContaining('ClamAV') as unknown });
  expect(judged([...twice, asked(9, 'guard', null)])).toMatchObject({
    says: 'fits',
    culprit: { name: 'ClamAV and guard' },
  });
});

it('does not take two programs that nobody knows for one because of their name', () => {
  expect(judged([asked(7, 'python3', null), asked(8, 'python3', null)])).toMatchObject({ says: 'fits' });
});
