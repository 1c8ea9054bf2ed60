import { expect, test } from 'vitest';
import { Due } from './due.js';

test('each packet is held for the delay, and by chance for some more', () => {
  const due = new Due({ delayMs: 30, jitterMs: 10 }, () => 0.5);
  expect(due.of(60, 1_000)).toBe(1_035);
  expect(due.of(1_500, 1_000)).toBe(1_035);
});

test('of a bandwidth each packet takes its time, one after the other', () => {
  const due = new Due({ delayMs: 5, bytesPerSecond: 1_000 });
  expect(due.of(100, 0)).toBe(105);
  expect(due.of(100, 50)).toBe(205);
  expect(due.of(100, 1_000)).toBe(1_105);
});

test('what would wait longer than the queue holds is dropped', () => {
  const due = new Due({ delayMs: 0, bytesPerSecond: 1_000, queueMs: 150 });
  expect([due.of(100, 0), due.of(100, 0), due.of(100, 0)]).toEqual([100, 200, null]);
  expect(due.of(100, 100)).toBe(300);
});
