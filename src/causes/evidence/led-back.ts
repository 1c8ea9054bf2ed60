import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { aroundOf, insider, isLedBack } from './around-trace.js';
import { endedAlike } from './firewall-evidence.js';
import { notYetAsked } from './not-yet-asked.js';
import { placeOf, ruleCulprit } from './rule-place.js';

/**
 * "Hairpin": the published port of a container, asked for from its own network by the address of the machine. Whoever is led
 * there answers the sender past the machine, which has kept its address; nobody awaits an answer from there. Null where it
 * is not so.
 */
export function ledBack(attempt: FailedAttempt, scene: Scene): Finding | null {
  const around = aroundOf(attempt, scene);
  if (!around?.redirectedBy || !around.ledTo || around.stoppedBy || around.seenIn) return null;
  if (attempt.outcome.code !== 'timed-out' || !endedAlike(around, attempt)) return null;
  const { ledTo, source, leftAs, redirectedBy: rule } = around;
  const isItself = ledTo.address === source;
  if (!isItself && scene.facts['device.interfaces'] === undefined)
    return { says: 'unknown', missing: notYetAsked(scene, 'device.interfaces') };
  if (!isLedBack(around, scene)) return null;
  // Translated it has the machine's address, by which the answer comes back.
  if (leftAs !== null && leftAs !== source) return null;
  // What nobody serves is silent or refused on any way; and a bridge that sends back may have let it through.
  if (ledTo.directly !== 'connected' || (leftAs === null && ledTo.hairpin !== false)) return null;
  const who = insider(scene);
  const place = `${ledTo.address} port ${ledTo.port}`;
  const program = source.includes(':') ? 'ip6tables' : 'iptables';
  const evidence: Evidence[] = [
    {
      fact: 'kernel.trace',
      says: `the kernel followed our packet from ${who} (${source}) into the network of this computer, where a rule leads it to ${place} (${placeOf(rule)})`,
    },
    {
      fact: 'kernel.trace',
      says:
        leftAs === null
          ? 'it was not seen to leave again: the bridge that it came by sends nothing back where it came from (hairpin mode is off at each of its ports)'
          : `it left towards there with ${source} as its sender still: no rule gave it the address of this computer`,
    },
    { fact: 'kernel.trace', says: `a connection straight to ${place} held` },
  ];
  const why =
    leftAs === null
      ? 'its bridge sends nothing back where it came from'
      : `does not put its own address in place of the sender's: ${isItself ? 'no answer comes from there' : 'the answer comes from another address than was asked'}`;
  const found = {
    side: 'this-device',
    stage: 'route',
    culprit: ruleCulprit(rule),
    summary: `This computer leads port ${attempt.port ?? 0} back ${isItself ? `to ${who} itself` : `into the network of ${who}`}, and ${why}.`,
    advice: `ask ${isItself ? `127.0.0.1:${ledTo.port}` : `${ledTo.address}:${ledTo.port}, or that container by its name,`} directly; or switch on the engine's own helper ("userland-proxy"); or give it the machine's address${leftAs === null ? ', with hairpin mode at its port of the bridge' : ''}: sudo ${program} -t nat -I POSTROUTING -s ${source} -d ${ledTo.address} -p tcp --dport ${ledTo.port} -j MASQUERADE`,
    evidence,
  } as const;
  // A kernel takes nothing from the wire that bears its own address (ip_route_input_slow); a neighbour may have other reasons.
  return isItself && leftAs === source
    ? { says: 'proven', ...found }
    : { says: 'fits', weight: 0.95, atMost: 'likely', ...found };
}
