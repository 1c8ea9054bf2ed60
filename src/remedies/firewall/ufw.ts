import type { PacketMatch, UfwAllow } from '../../model/operation.js';
import { chainOf } from '../../operations/ufw/ufw-allow.js';
import type { Dialect, Exception, Obstacle } from './dialect.js';
import { acceptingLine, exceptionsIn } from './iptables.js';

/**
 * Rules of the administrator's in ufw's own before.rules, which come before all that ufw can be asked for: the exception goes
 * above them, in the chain and in that file.
 */
export const ufwBefore: Dialect = {
  id: 'ufw',
  speaks: ({ owner, at }) => owner?.id === 'ufw' && at.rule !== undefined && isBefore(at.chain.name),
  exceptions: ({ at }, match) => exceptionsIn(at, match),
};

export function isBefore(chain: string): boolean {
  return /^ufw6?-before-(?:input|output|forward)$/.test(chain);
}

/** Rules that ufw made: it is asked for an exception in front of them. */
export const ufw: Dialect = {
  id: 'ufw',
  speaks: ({ owner }) => owner?.id === 'ufw',
  exceptions({ at: { table } }: Obstacle, match: PacketMatch): Exception[] {
    const rule = acceptingLine(match);
    // Answers of connections that were let out are let in by ufw itself, before any rule of a user.
    if (rule === null || match.established || match.sport !== undefined) return [];
    const operation: UfwAllow = {
      kind: 'ufw-allow',
      direction: match.destination === undefined ? 'in' : 'out',
      backend: table.backend === 'iptables-legacy' ? 'legacy' : 'nft',
      match,
    };
    const chain = table.chains.get(chainOf(operation));
    return chain === undefined ? [] : [{ operation, table, chain, index: 0, rule }];
  },
};
