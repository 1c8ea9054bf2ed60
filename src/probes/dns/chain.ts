/** Follows CNAME records inside one answer section; what does not hang on the chain belongs to nobody who asked. */
import type { ResourceRecord } from './message.js';
import { canonicalName } from './names.js';
import { CLASS_IN, TYPE } from './registry.js';

/** Resolvers give up at 8 to 16 (Unbound: 11); a longer chain would not resolve for anybody. */
const MAX_CNAMES = 16;

export interface Chain {
  /** Targets in the order in which they are followed, without the name asked for. */
  cnames: string[];
  /** The name that the chain ends at: the one asked for when there is no CNAME. */
  end: string;
  /** Records of the type asked for at the end. */
  found: ResourceRecord[];
  /** Lowest TTL of the CNAMEs and what was found, in seconds; null when there is neither. */
  minTtl: number | null;
  problem: 'loop' | 'too-long' | null;
  /** A and AAAA records in the answer whose owner is not the end of the chain: an attempt at poisoning, or a bug. */
  strayAddresses: number;
}

export function followChain(answers: readonly ResourceRecord[], name: string, type: number): Chain {
  const byOwner = groupByOwner(answers);
  const cnames: string[] = [];
  const visited = new Set<string>();
  let minTtl: number | null = null;
  let end = name;
  for (;;) {
    const key = canonicalName(end);
    const atEnd = byOwner.get(key) ?? [];
    const found = atEnd.filter((record) => type === TYPE.ANY || record.type === type);
    visited.add(key);
    const cname = found.length > 0 ? null : cnameOf(atEnd);
    if (!cname)
      return {
        cnames,
        end,
        found,
        minTtl: lowestTtl(found, minTtl),
        problem: null,
        strayAddresses: countStrays(answers, key),
      };
    cnames.push(cname.target);
    end = cname.target;
    minTtl = Math.min(minTtl ?? cname.ttl, cname.ttl);
    const problem = visited.has(canonicalName(end)) ? 'loop' : cnames.length >= MAX_CNAMES ? 'too-long' : null;
    if (problem)
      return { cnames, end, found: [], minTtl, problem, strayAddresses: countStrays(answers, canonicalName(end)) };
  }
}

function groupByOwner(answers: readonly ResourceRecord[]): Map<string, ResourceRecord[]> {
  const groups = new Map<string, ResourceRecord[]>();
  for (const record of answers) {
    if (record.class !== CLASS_IN) continue;
    const key = canonicalName(record.name);
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return groups;
}

function cnameOf(records: readonly ResourceRecord[]): { target: string; ttl: number } | null {
  for (const { data, ttl } of records) if (data.kind === 'CNAME') return { target: data.target, ttl };
  return null;
}

function lowestTtl(records: readonly ResourceRecord[], start: number | null): number | null {
  return records.reduce<number | null>((lowest, { ttl }) => Math.min(lowest ?? ttl, ttl), start);
}

function countStrays(answers: readonly ResourceRecord[], end: string): number {
  return answers.filter(({ type, name }) => (type === TYPE.A || type === TYPE.AAAA) && canonicalName(name) !== end)
    .length;
}
