import type { Attempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { InterferenceFact, InterferenceTrial } from '../../model/interference.js';

/** The experiments about this very step; undefined when there are none. */
export function interferenceOf(attempt: Attempt, { facts }: Scene): InterferenceFact | undefined {
  const found = fact(facts, 'interference');
  return found?.layer === attempt.stage &&
    found.hop === attempt.hop &&
    found.address === attempt.address &&
    found.port === attempt.port
    ? found
    : undefined;
}

type Asked = InterferenceTrial['asked'];

/** At the target itself, with nothing limited. A connection that was not made says nothing of what was to be said on it. */
export function plainTrials({ trials }: InterferenceFact, asked: Asked): InterferenceTrial[] {
  return trials.filter(
    (one) =>
      one.place === 'target' &&
      one.asked === asked &&
      one.hopLimit === undefined &&
      !one.ignoringResets &&
      one.ending !== 'unopened',
  );
}

/** This was not answered when it was asked again, and something else was at least once: whoever answers that one does answer. */
export function answersSomethingElse(found: InterferenceFact): boolean {
  const same = plainTrials(found, 'same');
  if (same.length === 0 || !same.every(({ ending }) => ending === 'silent')) return false;
  return (['other', 'none', 'path'] as const).some((asked) =>
    plainTrials(found, asked).some((one) => one.ending === 'answered'),
  );
}

function limited({ trials }: InterferenceFact, asked: Asked, hopLimit: number): InterferenceTrial[] {
  return trials.filter((one) => one.place === 'target' && one.asked === asked && one.hopLimit === hopLimit);
}

/** How the step fails each time it is tried; null when it comes and goes, or was tried only once. */
export function lastingFailure(found: InterferenceFact): InterferenceTrial | null {
  const same = plainTrials(found, 'same');
  const [first] = same;
  if (!first || same.length < 2 || first.reaction === 'handshake') return null;
  return same.every((one) => one.reaction === first.reaction) ? first : null;
}

/**
 * What decides: another name (or path) is answered otherwise each time it is tried, while this one always fails alike.
 * Null when it does not matter, or was not shown.
 */
export function dependsOn(found: InterferenceFact): 'name' | 'path' | null {
  const blocked = lastingFailure(found);
  if (!blocked) return null;
  const answersOtherwise = (asked: Asked, least: number): boolean => {
    const trials = plainTrials(found, asked);
    return (
      trials.length >= least && trials.every((one) => one.ending === 'answered' && one.reaction !== blocked.reaction)
    );
  };
  if (answersOtherwise('other', 2)) return 'name';
  return answersOtherwise('path', 1) ? 'path' : null;
}

/** Where on the way it happens: between two routers. */
export interface Position {
  /** The least hop limit with which it happens: 1 is this device or the first router. */
  readonly hopLimit: number;
  /** The last router before it that said who it is. */
  readonly router: string | null;
  /** For silence: the first router that no longer hears of it. */
  readonly beyond: string | null;
}

/**
 * Somebody answered what could not reach the server: with that hop limit not even the opening packet does, and another
 * name is not answered so. Null when it was not shown.
 */
export function answeredBefore(found: InterferenceFact): Position | null {
  const blocked = lastingFailure(found);
  if (!blocked || blocked.ending === 'silent') return null;
  const limits = found.trials.flatMap((one) =>
    one.asked === 'same' && one.reaction === blocked.reaction && one.hopLimit !== undefined ? [one.hopLimit] : [],
  );
  if (limits.length < 2) return null;
  const hopLimit = Math.min(...limits);
  const same = limited(found, 'same', hopLimit);
  const opens = limited(found, 'open', hopLimit);
  // Some servers end every connection, whatever is said: what does not depend on the name must depend on being said.
  const controls = [...limited(found, 'other', hopLimit), ...limited(found, 'quiet', hopLimit)];
  // One that never opened, or for which no packet was left, was never said.
  const others = controls.filter(({ ending }) => ending !== 'unopened');
  const shown =
    others.length >= 2 &&
    same.length >= 2 &&
    same.every((one) => one.reaction === blocked.reaction) &&
    opens.length >= 2 &&
    opens.every((one) => one.ending === 'silent') &&
    others.every((one) => one.reaction !== blocked.reaction);
  return shown ? { hopLimit, router: routerBefore(found, hopLimit), beyond: null } : null;
}

/**
 * Somebody swallows it: with the same hop limit a router says of the other name each time that it came by, and of this
 * one never.
 */
export function swallowedBefore(found: InterferenceFact): Position | null {
  const blocked = lastingFailure(found);
  if (blocked?.ending !== 'silent' || dependsOn(found) !== 'name') return null;
  const limits = [...new Set(found.trials.flatMap(({ hopLimit }) => hopLimit ?? []))].toSorted((a, b) => a - b);
  for (const hopLimit of limits) {
    const [same, other] = [limited(found, 'same', hopLimit), limited(found, 'other', hopLimit)];
    const never = same.length >= 3 && same.every((one) => one.turnedBack !== true && one.ending === 'silent');
    const always = other.length >= 3 && other.every((one) => one.turnedBack === true);
    // One hop nearer it did come by: so it left this device.
    const before = hopLimit === 1 || limited(found, 'same', hopLimit - 1).some((one) => one.turnedBack === true);
    if (never && always && before) {
      return { hopLimit, router: routerBefore(found, hopLimit), beyond: routerAt(found, hopLimit) };
    }
  }
  return null;
}

/**
 * Whoever acknowledges what is said for another name never does for this one, each time. A kernel takes what it is sent
 * before any program reads it (RFC 9293, 3.8.6): so no program of the server refuses, packets are swallowed by what is in
 * them, on the way or by a filter of the server's own.
 */
export function neverTaken(found: InterferenceFact): boolean {
  if (lastingFailure(found)?.ending !== 'silent' || dependsOn(found) !== 'name') return false;
  return plainTrials(found, 'same').every((one) => one.acknowledged === false && one.unsent === false);
}

/** Who says of the opening packet that its hop limit was used up: the last router that everything comes by. */
function routerBefore(found: InterferenceFact, hopLimit: number): string | null {
  return routerAt(found, hopLimit - 1);
}

function routerAt(found: InterferenceFact, hopLimit: number): string | null {
  return limited(found, 'open', hopLimit).find((one) => one.expiredFrom !== undefined)?.expiredFrom ?? null;
}

/** The server answers all the same once resets are thrown away: it never sent them. */
export function livesWithoutResets(found: InterferenceFact): boolean {
  const living = found.trials.filter((one) => one.ignoringResets === true);
  // Answered meanwhile without that as well, it would show only that the server has come back.
  const others = found.trials.filter((one) => one.asked === 'same' && one.place === 'target' && !one.ignoringResets);
  return (
    living.length >= 2 &&
    living.every((one) => one.ending === 'answered') &&
    others.every((one) => one.ending !== 'answered')
  );
}

/**
 * At hosts that have nothing to do with the target: `alike` when this name fails there just the same and another one does
 * not, each time; `passes` when it is answered there like any other.
 */
export function elsewhere(found: InterferenceFact): 'alike' | 'passes' | null {
  const blocked = lastingFailure(found);
  const there = found.trials.filter((one) => one.place === 'elsewhere');
  const places = [...new Set(there.map((one) => one.address))];
  if (!blocked || places.length === 0) return null;
  const at = (address: string, asked: Asked): InterferenceTrial[] =>
    there.filter((one) => one.address === address && one.asked === asked);
  const fair = places.filter((address) => {
    const others = at(address, 'other');
    return others.length >= 2 && others.every((one) => one.ending === 'answered' && one.reaction !== blocked.reaction);
  });
  if (fair.length === 0) return null;
  const failsAlike = (address: string): boolean => {
    const same = at(address, 'same');
    return same.length >= 2 && same.every((one) => one.reaction === blocked.reaction);
  };
  const passes = (address: string): boolean => at(address, 'same').every((one) => one.ending === 'answered');
  if (fair.every(failsAlike)) return 'alike';
  return fair.every(passes) ? 'passes' : null;
}

/** One other host may belong to whoever serves the target too, as those of a content network do. */
export function severalElsewhere({ trials }: InterferenceFact): boolean {
  return new Set(trials.flatMap((one) => (one.place === 'elsewhere' ? [one.address] : []))).size > 1;
}

/** It never left this device, try for try, while another name's bytes did and were answered. */
export function stoppedHere(found: InterferenceFact): boolean {
  return dependsOn(found) !== null && neverSent(found);
}

/** Nothing of what was said left this device: what ended the connection did not read it elsewhere. */
export function neverSent(found: InterferenceFact): boolean {
  return plainTrials(found, 'same').every((one) => one.unsent === true);
}
