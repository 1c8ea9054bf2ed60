import { describe, expect, it } from 'vitest';
import { cutSomewhere } from './fixtures/reports.js';
import { whatWouldDecide } from './what-would-decide.js';

const { facts } = cutSomewhere;

describe('what would decide it', () => {
  const of = (host: string, scheme = 'https'): string =>
    whatWouldDecide({
      ...cutSomewhere,
      facts: { ...facts, target: { ...facts.target, host, scheme } },
    });
  it('is another network for what lies outside', () => expect(of('shop.example')).toMatch(/another network/));
  it('is nothing outside for this computer itself', () => {
    expect(of('localhost')).toMatch(/on this computer/);
    expect(of('::1')).toMatch(/on this computer/);
    expect(of('', 'unix')).toMatch(/on this computer/);
  });
  it('is a closer look where nothing fits', () =>
    expect(whatWouldDecide({ ...cutSomewhere, candidates: [] })).toMatch(/--verbose/));
});
