import type { Outcome } from '../engine/repair/carry-out.js';
import { changeId } from '../engine/repair/journal-text.js';
import { Cannot } from '../model/cannot.js';
import type { Facts } from '../model/facts.js';
import type { SessionGuard } from './keep-session.js';
import type { Allowed } from './objection.js';
import type { UndoDone } from './take-back-these.js';
import type { Wish } from '../engine/repair/choose.js';
import type { Offered } from './workshop.js';

/**
 * All that may be asked of the process that runs as root: a closed list, one line of JSON each. No path, no command, no
 * text that is run; what is changed it plans itself, from its own look at the machine.
 */
export type RootRequest =
  | ({ readonly do: 'plan'; readonly facts: Facts } & Wish)
  /** The plan that it just made. */
  | ({ readonly do: 'apply'; readonly keepForMs: number; readonly until: string | null } & Allowed)
  | { readonly do: 'judged'; readonly why: string | null }
  | {
      readonly do: 'undo';
      readonly id: string | null;
      readonly all: boolean;
      readonly anyway: boolean;
      readonly guard: SessionGuard;
    };

export type RootAnswer =
  | ({ readonly is: 'planned' } & Offered)
  | { readonly is: 'judge' }
  | { readonly is: 'done'; readonly outcome: Outcome }
  | ({ readonly is: 'undone' } & UndoDone)
  | { readonly is: 'cannot'; readonly why: string };

export function checkRequest(line: string): RootRequest {
  const json: unknown = parsed(line);
  if (!isRecord(json)) throw new Cannot('the request is no object');
  const request = byKind(json);
  const extra = Object.keys(json).find((key) => !Object.hasOwn(request, key));
  if (extra !== undefined) throw new Cannot('the request holds more than belongs there');
  return request;
}

function byKind(json: Readonly<Record<string, unknown>>): RootRequest {
  switch (json['do']) {
    case 'plan': {
      const { facts, only } = json;
      if (!isRecord(facts) || !isRecord(facts['target'])) throw new Cannot('the request has no facts');
      if (only !== null && (typeof only !== 'string' || !/^[a-z][a-z0-9-]{1,60}$/.test(only)))
        throw new Cannot('the request names no remedy');
      // Judged here once more; whatever does not have the shape of a fact ends in a fault of that judgement.
      return { do: 'plan', facts: facts as unknown as Facts, only, until: momentOf(json['until']) };
    }
    case 'apply': {
      const { keepForMs, until } = json;
      if (typeof keepForMs !== 'number' || !Number.isInteger(keepForMs) || keepForMs < 5_000 || keepForMs > 3_600_000)
        throw new Cannot('the request has no time to keep it');
      return { do: 'apply', keepForMs, until: momentOf(until), allowWider: json['allowWider'] === true, acceptRisk: json['acceptRisk'] === true }; // prettier-ignore
    }
    case 'judged': {
      const { why } = json;
      if (why !== null && typeof why !== 'string') throw new Cannot('the request has no judgement');
      return { do: 'judged', why: why === null ? null : why.slice(0, 1000) };
    }
    case 'undo': {
      const { id } = json;
      if (id !== null && (typeof id !== 'string' || !changeId.test(id)))
        throw new Cannot('there is no such change: whoblocked changes lists them');
      const guard = guards.find((one) => one === json['guard']) ?? 'refuse';
      return { do: 'undo', id, all: json['all'] === true, anyway: json['anyway'] === true, guard };
    }
    default:
      throw new Cannot('the request is none that is known');
  }
}

const guards: readonly SessionGuard[] = ['none', 'ask', 'refuse'];

const latest = Date.UTC(9999, 0);

function momentOf(until: unknown): string | null {
  if (until === null) return null;
  const moment = typeof until === 'string' && until.length <= 30 ? Date.parse(until) : NaN;
  // Moments are compared as texts: another spelling of it, or a year of five digits, would end at once or never.
  if (!(moment >= 0 && moment < latest)) throw new Cannot('the request has no moment at which it ends');
  return new Date(moment).toISOString();
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Cannot('the request is no JSON');
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
