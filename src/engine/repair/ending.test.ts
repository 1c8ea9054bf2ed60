import { describe, expect, it } from 'vitest';
import type { Operation } from '../../model/operation.js';
import { checkOperation } from '../../operations/all.js';
import { endingAt, endsLate } from './ending.js';

const match = { family: 4, protocol: 'tcp', destination: '198.51.100.10', dport: 443 } as const;
const operations: readonly Operation[] = [
  { kind: 'nft-allow', rules: [{ family: 'inet', table: 'filter', chain: 'output', place: 'end', match }] },
  { kind: 'iptables-allow', backend: 'legacy', family: 4, table: 'filter', chain: 'OUTPUT', position: 1, next: null, match }, // prettier-ignore
  { kind: 'file-lines', file: 'nftables.conf', edits: [{ do: 'add-allow', below: 4, was: '', match }] },
  { kind: 'file-lines', file: 'iptables/rules.v4', edits: [{ do: 'add', below: 4, was: '', what: { is: 'iptables-allow', chain: 'OUTPUT', match } }] }, // prettier-ignore
];

describe('an exception that ends by itself', () => {
  it('holds its end in the rule itself, and stays a valid operation', () => {
    for (const operation of operations) {
      const ending = endingAt(operation, '2026-11-27T23:00:04.200Z');
      expect(JSON.stringify(ending)).toContain('"until":1795820405');
      expect(checkOperation(ending)).toEqual(ending);
    }
  });

  it('is left alone where there are no words for it', () => {
    const ufw = { kind: 'ufw-allow', direction: 'out', backend: 'nft', match } as const;
    expect(endingAt(ufw, '2026-11-27T23:00:00Z')).toBe(ufw);
    expect(endsLate([ufw])).toMatch(/next command/);
    expect(endsLate(operations.map((one) => endingAt(one, '2026-11-27T23:00:00Z')))).toBe(null);
  });
});
