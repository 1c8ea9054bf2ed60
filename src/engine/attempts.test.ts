import { expect, it } from 'vitest';
import { connectTry, factsOf, failure } from '../causes/names/scene.fixture.js';
import type { ConnectTry } from '../model/facts.js';
import { attemptsOf } from './attempts.js';
import { doubtOf } from './reached-for-another.js';

const address = '198.51.100.10';
const word = { origin: 'icmp', type: 3, code: 13, from: '192.168.7.1' } as const;
const turnedAway = connectTry(address, { failure: failure('connect/host-unreachable'), icmp: [word] });
const refused = connectTry(address, { failure: failure('connect/refused'), icmp: [] });
const silent = connectTry(address, { failure: failure('connect/timed-out'), icmp: [] });

function outcomeOf(...[first, ...repeats]: [ConnectTry, ...ConnectTry[]]): string {
  const connect = [{ address, port: 443, first, repeats }];
  const [attempt] = attemptsOf(factsOf(`tcp://${address}:443`, { connect }));
  return attempt === undefined || attempt.outcome === 'ok' ? 'ok' : attempt.outcome.code;
}

it('takes what the target refused before what a router turned away, where most came to the target', () => {
  expect(outcomeOf(turnedAway, refused, refused)).toBe('refused');
  expect(outcomeOf(turnedAway, turnedAway, refused)).toBe('host-unreachable');
  // A router that limits its errors is silent to most.
  expect(outcomeOf(turnedAway, silent, silent, silent)).toBe('host-unreachable');
  expect(outcomeOf(silent, refused, refused)).toBe('timed-out');
});

it('doubts that a protocol is spoken of which nothing was heard, and not that a mere port is open', () => {
  const heard = (target: string, protocol: string | null): string | null =>
    doubtOf(factsOf(target, { greeting: [{ address, port: 1883, ms: 9, protocol, silent: true }] }));
  expect(heard(`mqtt://${address}`, null)).toContain('mqtt');
  expect(heard(`tcp://${address}:1883`, null)).toBeNull();
  expect(heard('unix:/run/app.sock', null)).toBeNull();
  expect(heard(`postgres://${address}:1883`, 'postgres')).toBeNull();
});
