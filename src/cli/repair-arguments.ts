import type { InboundQuestion } from '../model/inbound.js';
import type { Flags } from './arguments.js';
import { WrongWords } from './wrong-words.js';

export interface FixFlags {
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly only: string | null;
  readonly keepForMs: number;
  /** When it ends by itself; null: never. */
  readonly until: Date | null;
  readonly allowWider: boolean;
  readonly acceptRisk: boolean;
}

export const pausable = ['firewall', 'vpn', 'antivirus', 'proxy'] as const;

/** A port of this computer that others are to reach. */
export interface InboundCall {
  readonly port: number;
  readonly question: InboundQuestion;
}

export type RepairCall =
  | {
      readonly command: 'fix';
      readonly target: string;
      readonly inbound: InboundCall | null;
      /** As which program it is diagnosed (`--app`); null: as this one. */
      readonly app: string | null;
      readonly fix: FixFlags;
      readonly flags: Flags;
    }
  | {
      readonly command: 'undo';
      /** Null: the newest one. */
      readonly id: string | null;
      readonly all: boolean;
      readonly anyway: boolean;
      readonly acceptRisk: boolean;
      readonly json: boolean;
    }
  | { readonly command: 'changes'; readonly json: boolean }
  | {
      readonly command: 'pause';
      readonly what: (typeof pausable)[number];
      readonly target: string | null;
      readonly forMs: number;
      readonly yes: boolean;
      readonly allowWider: boolean;
      readonly acceptRisk: boolean;
      /** Not only for this target: the guard is off for everything. */
      readonly whole: boolean;
      /** What to try meanwhile; null: the target is measured again. */
      readonly words: readonly [string, ...string[]] | null;
      readonly flags: Flags;
    }
  | {
      readonly command: 'reset';
      readonly dryRun: boolean;
      readonly yes: boolean;
      readonly acceptRisk: boolean;
      readonly keepForMs: number;
      readonly json: boolean;
    }
  | { readonly command: 'watchdog'; readonly id: string };

export const repairOptions = {
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  only: { type: 'string' },
  'keep-for': { type: 'string' },
  until: { type: 'string' },
  'allow-wider': { type: 'boolean' },
  'i-accept-the-risk': { type: 'boolean' },
  all: { type: 'boolean' },
  anyway: { type: 'boolean' },
  for: { type: 'string' },
  'only-target': { type: 'boolean' },
  whole: { type: 'boolean' },
} as const;

export const belongToRepair = {
  fix: ['proto', 'from', 'dry-run', 'yes', 'only', 'keep-for', 'until', 'allow-wider', 'i-accept-the-risk'],
  undo: ['all', 'anyway', 'i-accept-the-risk', 'json'],
  changes: ['json'],
  pause: ['for', 'yes', 'allow-wider', 'only-target', 'whole', 'i-accept-the-risk'],
  reset: ['dry-run', 'yes', 'keep-for', 'i-accept-the-risk', 'json'],
  watchdog: [],
} as const;

export interface RepairValues {
  readonly 'dry-run'?: boolean;
  readonly yes?: boolean;
  readonly only?: string;
  readonly 'keep-for'?: string;
  readonly until?: string;
  readonly 'allow-wider'?: boolean;
  readonly 'i-accept-the-risk'?: boolean;
}

export function fixFlagsOf(values: RepairValues, now: Date): FixFlags {
  const { only } = values;
  if (only !== undefined && !/^[a-z][a-z0-9-]{1,60}$/.test(only))
    throw new WrongWords('--only takes the name of a remedy, such as allow-in-firewall');
  return {
    dryRun: values['dry-run'] === true,
    yes: values.yes === true,
    only: only ?? null,
    keepForMs: keepForOf(values['keep-for']),
    until: values.until === undefined ? null : untilOf(values.until, now),
    allowWider: values['allow-wider'] === true,
    acceptRisk: values['i-accept-the-risk'] === true,
  };
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `45s`, `10m`, `2h`, `3d`; milliseconds, or null. */
function durationOf(text: string): number | null {
  const found = /^(\d{1,5})(s|m|h|d|w)$/.exec(text);
  const unit = units[found?.[2] ?? ''];
  return found === null || unit === undefined ? null : Number(found[1]) * unit;
}

export function keepForOf(text: string | undefined): number {
  if (text === undefined) return 60_000;
  const ms = durationOf(/^\d+$/.test(text) ? `${text}s` : text);
  if (ms === null || ms < 5_000 || ms > 3_600_000) throw new WrongWords('--keep-for takes 5s to 60m, such as 90s');
  return ms;
}

export function pauseMs(text: string | undefined): number {
  const ms = durationOf(text === undefined ? '30s' : /^\d+$/.test(text) ? `${text}s` : text);
  if (ms === null || ms < 5_000 || ms > 600_000) throw new WrongWords('--for takes 5s to 10m, such as 30s');
  return ms;
}

/** Rules that end by the clock count its seconds in 32 bits. */
const longestMs = 3650 * 86_400_000;

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** `2h`, `friday` (its end, in this computer's time), `18:30`, `2026-12-24`, `2026-12-24T18:30`. */
function untilOf(text: string, now: Date): Date {
  const until = momentOf(text.toLowerCase(), now);
  if (until === null || Number.isNaN(until.getTime()))
    throw new WrongWords('--until takes how long or when: 2h, 3d, friday, 18:30, 2026-12-24');
  if (until <= now) throw new WrongWords('--until lies in the past');
  if (until.getTime() - now.getTime() > longestMs)
    throw new WrongWords('--until lies more than ten years ahead: a change without it does not end');
  return until;
}

function momentOf(text: string, now: Date): Date | null {
  const ms = durationOf(text);
  if (ms !== null) return new Date(now.getTime() + ms);
  const weekday = weekdays.findIndex((name) => name === text || name.slice(0, 3) === text);
  const at = new Date(now);
  if (weekday >= 0) {
    at.setDate(at.getDate() + ((weekday - at.getDay() + 7) % 7));
    at.setHours(23, 59, 59, 0);
    // In the last second of that very day the next one is meant.
    if (at <= now) at.setDate(at.getDate() + 7);
    return at;
  }
  const time = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (time) {
    at.setHours(Number(time[1]), Number(time[2]), 0, 0);
    if (at <= now) at.setDate(at.getDate() + 1);
    return Number(time[1]) < 24 && Number(time[2]) < 60 ? at : null;
  }
  const date = /^(\d{4}-\d\d-\d\d)(?:t(\d\d:\d\d(?::\d\d)?))?$/.exec(text);
  const [, day = '', clock = '23:59:59'] = date ?? [];
  // JavaScript takes 30 February for 2 March.
  return date === null || !isDay(day) ? null : new Date(`${day}T${clock}`);
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
