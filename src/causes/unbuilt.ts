import type { FailedAttempt } from '../model/attempt.js';
import type { CatalogueEntry, Finding, Scene } from '../model/cause.js';
import { fact } from '../model/facts.js';
import { symptoms, type Symptom } from '../model/failure.js';
import type { Side, Stage } from '../model/words.js';

/**
 * Causes of the catalogue that nobody has built yet. They count as unknown, so that no verdict is surer than the whole
 * catalogue allows. Some know at least what rules them out.
 */
export interface UnbuiltCause extends CatalogueEntry {
  /** A fact that rules it out, as far as one is known; null when it stays unknown. */
  readonly excluded?: (attempt: FailedAttempt, scene: Scene) => Finding | null;
}

export const unbuilt: readonly UnbuiltCause[] = [
  entry(
    'os-network-permission',
    'this-device',
    'connect',
    'The system has not allowed this program to use the network',
    symptoms('connect', 'not-permitted', 'prohibited', 'timed-out', 'host-unreachable'),
    otherPlatform,
  ),
];

function entry(
  id: string,
  side: Side,
  stage: Stage,
  title: string,
  list: readonly Symptom[],
  excluded?: UnbuiltCause['excluded'],
): UnbuiltCause {
  return { id, side, stage, title, symptoms: [...new Set(list)], ...(excluded ? { excluded } : {}) };
}

function out(because: string, ...facts: ('connect' | 'device.routes' | 'references' | 'device.self')[]): Finding {
  return { says: 'ruledOut', because, facts };
}

function otherPlatform(_attempt: FailedAttempt, scene: Scene): Finding | null {
  return fact(scene.facts, 'device.self')?.platform === 'linux'
    ? out('this system has no such permission', 'device.self')
    : null;
}
