import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Scene } from '../../model/cause.js';
import { fact, type UnroutedEnd, type UnroutedTry } from '../../model/facts.js';
import { traceOf } from './connection-evidence.js';

/**
 * What may take no router gets out of this device all the same, each time, and is answered in the target's own name within the
 * first hop: its destination was written anew before it left. Not so where another port of that address gets out too: then
 * somebody on the link stands in for all of it (proxy ARP), or a rule that marks packets has their way looked up anew; and
 * where the router speaks in its own name, the destination is still the one that was asked for.
 */
export function ledByThisDevice(attempt: FailedAttempt, scene: Scene): readonly Evidence[] | null {
  const found = unroutedOf(attempt, scene);
  if (!found || found.tries.length < 2 || !found.controls.every(({ end }) => end === 'silent')) return null;
  if (!found.tries.every((one) => isLed(one, attempt))) return null;
  const how = found.tries.every(({ end }) => end === 'exceeded')
    ? `the first router turns it back in the name of ${found.address} itself`
    : 'it opens';
  return [
    {
      fact: 'connect.unrouted',
      says: `a connection that may take no router gets out of this computer all the same, and ${how}: something here gives it another destination`,
    },
    {
      fact: 'connect.unrouted',
      says: `one to another port of ${found.address}, made likewise, gets nowhere, as it should be`,
    },
  ];
}

/** A refusal would come from a rule that merely refuses as well. */
function isLed({ end, from }: UnroutedEnd, { address, stage }: FailedAttempt): boolean {
  return (end === 'exceeded' && from === address) || (end === 'connected' && stage !== 'connect');
}

function unroutedOf({ address, port }: FailedAttempt, { facts }: Scene): UnroutedTry | undefined {
  return fact(facts, 'connect.unrouted')?.find((one) => one.address === address && one.port === port);
}

/** Asked where the kernel does not tell. */
export function unroutedNotYet(attempt: FailedAttempt, scene: Scene): readonly 'connect.unrouted'[] {
  const { facts } = scene;
  if (facts['connect.unrouted'] !== undefined || traceOf(attempt, scene)) return [];
  return fact(facts, 'device.self')?.root === true ? [] : ['connect.unrouted'];
}
