import type { FailedAttempt } from '../model/attempt.js';
import type { CatalogueEntry, Finding, Scene } from '../model/cause.js';
import { fact, type FactKey } from '../model/facts.js';
import { symptoms, type Symptom } from '../model/failure.js';
import type { Side, Stage } from '../model/words.js';
import { answeredFromOutside, routeOf } from './connection-evidence.js';

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
    'subnet-overlap',
    'this-device',
    'route',
    'Another network on this computer has the same addresses as the target',
    symptoms('connect', 'timed-out', 'refused', 'host-unreachable', 'network-unreachable'),
    onDefaultRoute,
  ),
  entry(
    'os-network-permission',
    'this-device',
    'connect',
    'The system has not allowed this program to use the network',
    symptoms('connect', 'not-permitted', 'prohibited', 'timed-out', 'host-unreachable'),
    otherPlatform,
  ),
  entry('antivirus-quarantined-app', 'this-device', 'target', 'A security program has moved the program away', []),
  entry(
    'antivirus-blocks-app',
    'this-device',
    'connect',
    'A security program stops the program',
    symptoms('connect', 'not-permitted', 'prohibited'),
    leftDevice,
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

/** Still unknown, and what could tell. */
function asks(scene: Scene, key: FactKey): Finding | null {
  return scene.facts[key] === undefined ? { says: 'unknown', missing: [key], because: 'not measured' } : null;
}

function leftDevice(attempt: FailedAttempt, scene: Scene): Finding | null {
  return attempt.stage === 'connect' && answeredFromOutside(attempt, scene)
    ? out('the packet left this computer and was answered outside', 'connect')
    : null;
}

/** The route is the default one: no narrower network of this device covers the target. */
function onDefaultRoute(attempt: FailedAttempt, scene: Scene): Finding | null {
  const route = routeOf(attempt, scene);
  const defaults = fact(scene.facts, 'device.routes')?.defaults ?? [];
  return route?.via && defaults.some((one) => one.via === route.via && one.device === route.device)
    ? out('the target goes by the default route', 'device.routes')
    : asks(scene, 'device.routes');
}

function otherPlatform(_attempt: FailedAttempt, scene: Scene): Finding | null {
  return fact(scene.facts, 'device.self')?.platform === 'linux'
    ? out('this system has no such permission', 'device.self')
    : null;
}
