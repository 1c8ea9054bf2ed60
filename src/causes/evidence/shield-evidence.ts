import { type ShieldWords, shieldWords } from '../../data/shield-words.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Scene } from '../../model/cause.js';
import { fact, type HttpTry } from '../../model/facts.js';
import type { GuardLogFact } from '../../model/guard-facts.js';
import { wayOf } from './proxy-evidence.js';
import { scopeOf } from '../../model/address.js';

export interface SaidByShield {
  readonly row: ShieldWords;
  readonly signature: string | null;
}

/** A web shield's own words in an answer. */
export function saidByShield(answer: HttpTry | undefined): SaidByShield | undefined {
  if (!answer) return undefined;
  const body = answer.bodyHead ?? '';
  const header = (row: ShieldWords): string => (row.header ? (answer.headers[row.header[0]] ?? '') : '');
  const row = shieldWords.find(
    (one) => (one.header?.[1].test(header(one)) ?? true) && (one.body?.test(body) ?? true) && (one.header ?? one.body),
  );
  if (!row) return undefined;
  return { row, signature: row.signature?.exec(`${header(row)}\n${body}`)?.[1] ?? null };
}

type Entry = GuardLogFact['entries'][number];

/** What a guard wrote down about this very address while it was asked for. */
export function loggedBlock(attempt: FailedAttempt, answer: HttpTry | undefined, { facts }: Scene): Entry | undefined {
  const { target } = facts;
  const url = answer?.url ?? `${target.scheme}://${attempt.host}${target.path}`;
  return fact(facts, 'device.guardLog')?.entries.find(({ found }) => found?.url === url);
}

export function loggedTrouble({ facts }: Scene): Entry | undefined {
  return fact(facts, 'device.guardLog')?.entries.find(({ trouble }) => trouble !== null);
}

/** The proxy that was set is a program of this computer. */
export function throughOwnProxy(attempt: FailedAttempt, scene: Scene): boolean {
  if (!attempt.throughProxy) return false;
  const connected = wayOf(attempt, scene)?.connect ?? [];
  return connected.length > 0 && connected.every(({ address }) => scopeOf(address) === 'loopback');
}

/** A guard of this computer takes packets, or keeps programs in the kernel: it needs no connection to stop one. */
export function guardsThePackets({ facts }: Scene): boolean | undefined {
  const guards = fact(facts, 'device.guards');
  if (!guards) return undefined;
  if (guards.guards.some(({ holds }) => holds.some(({ what }) => what !== 'files'))) return true;
  return guards.closed.length > 0 ? undefined : false;
}

export function logEvidence(entry: Entry | undefined): Evidence[] {
  if (!entry) return [];
  const says = entry.found
    ? `${entry.product} wrote down at that time that it found ${entry.found.signature} at ${entry.found.url} (${entry.location})`
    : `${entry.product} wrote down at that time: ${entry.trouble ?? ''} (${entry.location})`;
  return [{ fact: 'device.guardLog', says }];
}
