import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { failedHandshake } from './tls-evidence.js';

/** How far two clocks may differ and still agree: more than any network delays, less than any certificate cares for. */
const slackMs = 10 * 60_000;

export interface Clocks {
  /** Names of those that agree with each other, and how many milliseconds their clock is ahead of this device's. */
  readonly names: readonly string[];
  readonly aheadMs: number;
  /** At least one of them is who it says, by a certificate that nobody between could have made. */
  readonly secure: boolean;
}

/**
 * The others' clock, where at least two of them show one and all of them agree; "split" where they do not. Undefined while
 * too few are known.
 */
export function othersClock(attempt: FailedAttempt, scene: Scene): Clocks | 'split' | undefined {
  const tls = failedHandshake(attempt, scene);
  const own =
    tls?.serverDate === undefined
      ? []
      : [
          {
            name: attempt.host,
            aheadMs: Date.parse(tls.serverDate) - Date.parse(tls.wallClock),
            secure: tls.anchor?.public === true,
          },
        ];
  const others = (fact(scene.facts, 'clocks') ?? []).map(({ name, date, wallClock, secure }) => ({
    name: hostOf(name),
    aheadMs: Date.parse(date) - Date.parse(wallClock),
    secure,
  }));
  const all = [...own, ...others].filter(({ aheadMs }) => Number.isFinite(aheadMs));
  const names = [...new Set(all.map(({ name }) => name))];
  if (names.length < 2) return undefined;
  const sorted = all.map(({ aheadMs }) => aheadMs).toSorted((a, b) => a - b);
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)];
  if (most - least > slackMs) return 'split';
  return { names, aheadMs: sorted[Math.floor(sorted.length / 2)] ?? 0, secure: all.some(({ secure }) => secure) };
}

/** This device's clock is among them. */
export function isOurs({ aheadMs }: Clocks): boolean {
  return Math.abs(aheadMs) <= slackMs;
}

function hostOf(name: string): string {
  return (/^[a-z]+:\/\/([^/:]+)/.exec(name)?.[1] ?? name).replace(/:\d+$/, '');
}

/** "3 days" or "5 hours": whole units, as a person would say it. */
export function span(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const [count, unit] =
    minutes >= 2 * 24 * 60
      ? [Math.round(minutes / (24 * 60)), 'day']
      : minutes >= 120
        ? [Math.round(minutes / 60), 'hour']
        : [minutes, 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
