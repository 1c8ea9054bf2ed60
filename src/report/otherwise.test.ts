import { describe, expect, it } from 'vitest';
import type { ReferenceTry } from '../model/facts.js';
import * as samples from './fixtures/reports.js';
import { otherwiseLine } from './otherwise.js';

const noAddress = { operation: 'resolve', code: 'failed', raw: 'no address' } as const;

function reference(kind: ReferenceTry['kind'], name: string, failure?: ReferenceTry['failure']): ReferenceTry {
  return { kind, name, address: null, port: null, ok: failure === undefined, ...(failure && { failure }), ms: 1 };
}

function lineFor(...references: ReferenceTry[]): string | null {
  return otherwiseLine(samples.report('https://shop.example/', { stage: 'name' }, {}, { references }));
}

describe('what works otherwise', () => {
  it('tells of other sites where one that is asked by its name answers', () => {
    expect(lineFor(reference('gateway', '192.168.7.1'), reference('host', 'www.example.net:443'))).toBe(
      'your router and other sites work',
    );
  });

  it('tells of no sites where only addresses answer, and that other names fail too', () => {
    const dead = reference('host', 'www.example.net:443', noAddress);
    const check = reference('portal', 'http://check.example.net/', noAddress);
    expect(lineFor(dead, check, reference('host', '192.0.2.53:443'))).toBe(
      'servers that are asked by their address work; no other name that was tried has an address here either',
    );
    expect(lineFor(dead, check)).toBeNull();
    expect(
      lineFor(dead, reference('portal', 'http://check.example.net/'), reference('host', '[2001:db8::53]:443')),
    ).toBe('other sites work');
  });

  it('says nothing of names where another step failed', () => {
    const silent = { operation: 'connect', code: 'timed-out', raw: 'ETIMEDOUT' } as const;
    expect(lineFor(reference('host', 'www.example.net:443', silent))).toBeNull();
  });
});
