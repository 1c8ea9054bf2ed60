import { inPrefix, scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { type AroundTrace, fact } from '../../model/facts.js';
import type { Owner } from '../../firewall/owner.js';
import { answeringPorts, traceOf } from './connection-evidence.js';
import { targetContainer } from './container-evidence.js';
import { notYetAsked } from './not-yet-asked.js';
import { outsideAnswers } from './reference-evidence.js';

/** What became of our packets in the network of the machine around the container's; undefined where nobody looked. */
export function aroundOf(attempt: FailedAttempt, scene: Scene): AroundTrace | undefined {
  return attempt.stage === 'connect' ? traceOf(attempt, scene)?.around : undefined;
}

/** "the container web", "the program /usr/bin/x". */
export function insider(scene: Scene): string {
  const program = fact(scene.facts, 'device.program');
  if (!program) return 'the container';
  return program.container === null
    ? `the program ${program.path ?? program.named}`
    : `the container ${program.container}`;
}

/** How whoever owns the rule lets one connection pass that comes from a container; undefined where no command is sure. */
export function letPass(
  owner: Owner | null,
  chain: string,
  { source, address, port, protocol }: Pick<AroundTrace, 'source' | 'address' | 'port' | 'protocol'>,
): string | undefined {
  if (owner?.id === 'ufw')
    return `if it is to pass: sudo ufw route insert 1 allow proto ${protocol} from ${source} to ${address} port ${port}`;
  if (chain !== 'DOCKER-USER') return undefined;
  const program = address.includes(':') ? 'ip6tables' : 'iptables';
  return `if it is to pass: sudo ${program} -I DOCKER-USER -s ${source} -d ${address} -p ${protocol} --dport ${port} -j RETURN`;
}

/**
 * Our packet came from the container to the machine, no rule stopped it, and the machine does not pass it on, or sends it on
 * under an address to which no answer finds its way. Null where that is not so.
 */
export function notPassedOn(attempt: FailedAttempt, scene: Scene): Finding | null {
  const around = aroundOf(attempt, scene);
  if (!around || around.stoppedBy !== null || !around.seenOut || around.seenIn) return null;
  if (attempt.outcome.code !== 'timed-out' && attempt.outcome.code !== 'host-unreachable') return null;
  const came = cameFrom(around, scene);
  if (around.leftAs === null)
    return around.forwardingOff === null ? null : forwardingOff(around.forwardingOff, scene, came);
  return around.leftAs === around.source ? untranslated(around, attempt, scene, came) : null;
}

/** A rule of the machine led what came from a container back to that very container, or into its own network. */
export function isLedBack(around: AroundTrace, scene: Scene): boolean {
  const { ledTo, source } = around;
  return ledTo !== undefined && (ledTo.address === source || isNeighbour(ledTo.address, scene));
}

function isNeighbour(address: string, scene: Scene): boolean {
  const own = (fact(scene.facts, 'device.interfaces') ?? []).filter(({ kind }) => kind !== 'loopback');
  return own.some(({ addresses }) => addresses.some((one) => inPrefix(address, `${one.address}/${one.prefix}`)));
}

/**
 * Our packet came from the container to the machine, and was not seen to leave it: that is looked at behind the last rule of
 * nf_tables. Null where that is not so, or a setting says why.
 */
export function heldAround(attempt: FailedAttempt, scene: Scene): Finding | null {
  const around = aroundOf(attempt, scene);
  if (!around || around.stoppedBy !== null || !around.seenOut || around.seenIn || around.leftAs !== null) return null;
  // Its own bridge does not send it back where it came from.
  if (isLedBack(around, scene) && around.ledTo?.hairpin === false) return null;
  // A router's own "unreachable" is another matter.
  if (around.forwardingOff !== null || attempt.outcome.code !== 'timed-out') return null;
  const program = around.address.includes(':') ? 'ip6tables-legacy' : 'iptables-legacy';
  return {
    says: 'fits',
    weight: 0.95,
    atMost: 'likely',
    side: 'this-device',
    stage: 'connect',
    summary: `This computer itself swallows what ${insider(scene)} sends to ${around.address} port ${around.port}: it comes in from there and does not leave again.`,
    advice: `rules of iptables-legacy leave no trace: sudo ${program} -S FORWARD shows them; then the setting rp_filter, and routes (blackhole)`,
    evidence: [
      cameFrom(around, scene),
      { fact: 'kernel.trace', says: 'it was not seen to leave this computer again, by any interface' },
    ],
  };
}

function cameFrom({ source }: AroundTrace, scene: Scene): Evidence {
  const says = `the kernel saw our packet come from ${insider(scene)} into the network of this computer (from ${source}), and no rule of nf_tables stopped it there`;
  return { fact: 'kernel.trace', says };
}

function forwardingOff(setting: string, scene: Scene, came: Evidence): Finding {
  return {
    says: 'proven',
    side: 'this-device',
    stage: 'route',
    culprit: { kind: 'setting', name: `${setting} = 0` },
    summary: `This computer passes nothing on between its networks (forwarding is switched off), so ${insider(scene)} gets no farther than to it.`,
    advice: `sudo sysctl -w ${setting}=1 switches it on until the next start; a file below /etc/sysctl.d keeps it. Engines of containers do so when they start: something switched it off since`,
    evidence: [
      came,
      { fact: 'kernel.trace', says: `it was not seen to leave again, and ${setting} says that nothing is passed on` },
    ],
  };
}

function untranslated(around: AroundTrace, attempt: FailedAttempt, scene: Scene, came: Evidence): Finding | null {
  const { source, address, port, ownTry } = around;
  if (ownTry !== 'connected' || targetContainer(attempt, scene) || around.ledTo !== undefined) return null;
  // Where anything out there answers this very container, answers do find their way.
  const answered = outsideAnswers(scene, address);
  if (answered === true || answeringPorts(attempt, scene).length > 0) return null;
  const program = source.includes(':') ? 'ip6tables' : 'iptables';
  const found = {
    side: 'this-device',
    stage: 'connect',
    culprit: { kind: 'setting', name: `no translation of addresses (masquerading) for ${source}` },
    summary: `This computer sends on what comes from ${insider(scene)} under its inner address ${source}, to which no answer from outside finds its way.`,
    advice: `whatever made the network of the container has to translate its address: restart the engine of containers, which makes that rule, or: sudo ${program} -t nat -I POSTROUTING -s ${source} -d ${address} -j MASQUERADE`,
    evidence: [
      came,
      { fact: 'kernel.trace', says: `it left this computer with ${source} as its sender, and no answer came back` },
      {
        fact: 'kernel.trace',
        says: `the same connection from this computer itself, under its own address, held (${address} port ${port})`,
      },
    ],
  } as const satisfies Partial<Finding>;
  if (answered === false && scopeOf(address) === 'public') return { says: 'proven', ...found };
  return { says: 'fits', weight: 0.85, atMost: 'likely', ...found, missing: notYetAsked(scene, 'references') };
}
