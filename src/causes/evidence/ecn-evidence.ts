import type { Attempt, FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Scene } from '../../model/cause.js';
import { resetOf } from './connection-evidence.js';

/**
 * This device asks for ECN in first packets, and the connection was refused: `refused` where the same without that question
 * opened each time and with it was refused again; `innocent` where it was refused as well; `untold` where that could not be
 * tried often enough. Null where this device does not ask, or was not looked at.
 */
export function ecnOf(attempt: Attempt, scene: Scene): 'refused' | 'innocent' | 'untold' | null {
  const found = resetOf(attempt, scene)?.withoutEcn;
  if (found === undefined) return null;
  if (found === null || found.tries < 2) return 'untold';
  if (found.opened === found.tries && found.refusedAgain) return 'refused';
  return found.refused === found.tries ? 'innocent' : 'untold';
}

export const ecnUntold = 'whether it is refused because this computer asks for ECN could not be tried';

/**
 * What is told by whoever it may have been: somebody on the way, or the server's own firewall (RFC 3360). What refuses each
 * first packet and takes its copy would look the same, so it is likely at most.
 */
export function refusesEcn(
  attempt: FailedAttempt,
  scene: Scene,
): {
  readonly atMost: 'likely';
  readonly summary: string;
  readonly advice: string;
  readonly evidence: readonly Evidence[];
} {
  const { opened = 0, tries = 0 } = resetOf(attempt, scene)?.withoutEcn ?? {};
  return {
    atMost: 'likely',
    summary: `Connections to ${attempt.host} that ask for ECN are refused by somebody on the way, or by the server's own firewall; this computer asks for it each time.`,
    advice:
      'let this computer ask for ECN no more: sudo sysctl -w net.ipv4.tcp_ecn=2 (what Linux brings: ECN only where the other side asks); and take tcp_ecn out of /etc/sysctl.conf and /etc/sysctl.d, where it may be written for the next start',
    evidence: [
      {
        fact: 'connect.reset',
        says: `with a first packet that does not ask for ECN it opened (${opened} of ${tries} times), and with one that does it was refused again`,
      },
    ],
  };
}
