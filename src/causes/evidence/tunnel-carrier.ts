import { hostPort } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey } from '../../model/facts.js';
import type { CarrierTrace, TunnelEnd } from '../../model/tunnel-facts.js';
import { sendersOf, triesOf } from './connection-evidence.js';
import { holdsEverything } from './dead-tunnel.js';
import { tracedStop } from './firewall-evidence.js';
import { notYetAsked } from './not-yet-asked.js';
import { ownerWords } from './owner-words.js';
import { outsideAnswers } from './reference-evidence.js';
import { refusedWayAdvice } from './refused-way.js';
import { ruleCulprit } from './rule-culprit.js';
import { leftBehind } from './rule-owner.js';
import type { Stop } from './stop.js';
import { type Tunnel, tunnelOf, tunnelWords, untriedVpn, whoseTunnel } from './tunnel.js';

/** What may stop some packets of many: then the one that was followed says little of the others. */
const byChance = /\b(?:limit|numgen|quota|recent|statistic|hashlimit|random)\b/;

/** The tunnel by which it goes, where nothing came back, and what was said there may have stopped on its way to the other end. */
function silentTunnel(attempt: FailedAttempt, scene: Scene): Tunnel | null {
  if (attempt.outcome.code !== 'timed-out') return null;
  const tunnel = tunnelOf(attempt, scene);
  // What no program serves sends nothing.
  if (!tunnel || tunnel.interface?.carrier === false) return null;
  const { target, hops } = sendersOf(triesOf(attempt, scene));
  if (target.length + hops.length > 0) return null;
  // A tunnel that carries others' packets sends its own.
  return outsideAnswers(scene, attempt.address) === true && holdsEverything(tunnel.device, scene) ? null : tunnel;
}

/** What would tell whether this device itself stops what a silent tunnel sends. */
export function carrierUntold(attempt: FailedAttempt, scene: Scene): FactKey[] {
  return silentTunnel(attempt, scene) ? notYetAsked(scene, 'device.tunnelEnds', 'tunnel.trace') : [];
}

interface StoppedCarrier {
  readonly tunnel: Tunnel;
  readonly trace: CarrierTrace;
  readonly stop: Stop;
}

function stoppedCarrier(attempt: FailedAttempt, scene: Scene): StoppedCarrier | null {
  const tunnel = silentTunnel(attempt, scene);
  if (!tunnel) return null;
  for (const trace of fact(scene.facts, 'tunnel.trace') ?? []) {
    const stop = trace.device === tunnel.device ? tracedStop(trace.flow, attempt, scene) : null;
    if (stop) return { tunnel, trace, stop };
  }
  return null;
}

/**
 * The kernel followed what the tunnel itself sends (or the answer to it) to a rule of this device that ends it: the tunnel
 * then is dead by that rule, whatever is at its other end. `kill-switch`: the rule is a VPN's own; else it is anybody's.
 */
export function carrierByRule(whose: 'firewall' | 'kill-switch', attempt: FailedAttempt, scene: Scene): Finding | null {
  const found = stoppedCarrier(attempt, scene);
  if (!found || (found.stop.folded?.cause === 'vpn-blocks') !== (whose === 'kill-switch')) return null;
  const { tunnel, stop, trace } = found;
  const { at, owner } = stop;
  const there = hostPort(trace.flow.address, trace.flow.port);
  const words = tunnelWords(tunnel);
  const [sends, blocked] =
    at.direction === 'out'
      ? ['what the tunnel itself sends', `what ${tunnel.device} sends to its other end, ${there}`]
      : ['the answer to what the tunnel itself sends', `what the other end of ${tunnel.device}, ${there}, answers`];
  const by = owner === null ? '' : ` (${ownerWords(owner)})`;
  const who = whose === 'firewall' ? `this computer's own firewall${by}` : `a VPN's kill switch on this computer${by}`;
  const handle = at.rule?.handle === undefined ? '' : `, handle ${at.rule.handle}`;
  const place = `${at.family} ${at.table}, chain ${at.chain}${handle}`;
  // A rule that refuses whatever was not let out before may be a kill switch: then its owner is a VPN.
  const untold = stop.general === true && stop.folded === null && at.direction === 'out';
  const unsure = untold || byChance.test(at.rule?.text ?? '') || (stop.folded !== null && whose === 'firewall');
  return {
    ...(unsure ? ({ says: 'fits', weight: 0.95, atMost: 'likely' } as const) : ({ says: 'proven' } as const)),
    side: 'this-device',
    stage: attempt.stage,
    culprit: ruleCulprit(stop),
    summary: `${words} holds the way and is cut off: ${who} blocks ${blocked}.`,
    advice: `let these packets pass (${trace.flow.protocol} ${at.direction === 'out' ? 'to' : 'from'} ${there}); if the tunnel does not come back by itself then, connect the VPN again`,
    ...(stop.ownerInstalled === false ? leftBehind(stop) : {}),
    evidence: [
      {
        fact: 'tunnel.trace',
        says:
          at.kind === 'policy'
            ? `the kernel followed ${sends} to the end of that chain, whose policy drops it (${place})`
            : `the kernel followed ${sends} to that rule (${place})`,
      },
      ...ofTunnel(attempt, scene, tunnel, trace.flow.address),
    ],
  };
}

/** Of a tunnel that is silent for an unknown reason: what was seen of the packets that it sends itself. */
export function carrierWords(
  found: Finding & { readonly says: 'fits' },
  attempt: FailedAttempt,
  scene: Scene,
): Partial<typeof found> {
  const tunnel = silentTunnel(attempt, scene);
  if (!tunnel) return {};
  const own = fact(scene.facts, 'tunnel.trace')?.find(({ device }) => device === tunnel.device)?.flow;
  if (own?.seenOut === true && own.stoppedBy === null) {
    const seen = own.seenIn ? 'and its other end answers' : 'and no answer comes';
    const says = `no rule of nf_tables stops what ${tunnel.device} itself sends to ${hostPort(own.address, own.port)}, ${seen}`;
    return { evidence: [...found.evidence, { fact: 'tunnel.trace', says }] };
  }
  if (fact(scene.facts, 'device.self')?.root !== false || found.advice === undefined) return {};
  return {
    advice: `${found.advice}. As root (sudo) this also says whether a rule or a route of this computer stops what the tunnel itself sends`,
  };
}

interface WaylessEnd {
  readonly tunnel: Tunnel;
  readonly end: TunnelEnd;
}

function ends(attempt: FailedAttempt, scene: Scene): WaylessEnd[] {
  const tunnel = silentTunnel(attempt, scene);
  const all = fact(scene.facts, 'device.tunnelEnds') ?? [];
  return tunnel ? all.filter(({ device }) => device === tunnel.device).map((end) => ({ tunnel, end })) : [];
}

/** This device's own routes refuse what the tunnel sends to its other end, or lead nowhere. */
export function carrierWithoutWay(attempt: FailedAttempt, scene: Scene): Finding | null {
  const all = ends(attempt, scene);
  const [first] = all;
  if (!first || all.some(({ end }) => end.route === null || end.route.error === null)) return null;
  const { tunnel, end } = first;
  const { address, route, mark } = end;
  const line = route?.line ?? null;
  const bears = mark === 0 ? '' : ` that bears its mark (0x${mark.toString(16)})`;
  return {
    says: 'fits',
    weight: 0.97,
    side: 'this-device',
    stage: 'route',
    culprit: {
      kind: 'route',
      name: line ?? `no route to ${address}`,
      address,
      ...(route?.table != null && { location: `table ${route.table}` }),
    },
    summary: `${tunnelWords(tunnel)} holds the way and is cut off: this computer has no way to its other end, ${hostPort(address, end.port)}${line === null ? '' : `, its own routing says "${route?.type ?? ''}"`}.`,
    advice:
      refusedWayAdvice(line) ??
      'connect again, so that the network tells its router; then connect the VPN again, or end it completely',
    evidence: [
      {
        fact: 'device.tunnelEnds',
        says:
          line === null
            ? `the kernel finds no route to ${address} for what ${tunnel.device} sends${bears} (${route?.error ?? ''})`
            : `for what ${tunnel.device} sends to ${address}${bears} the kernel takes this line: ${line}`,
      },
      ...ofTunnel(attempt, scene, tunnel, address),
    ],
  };
}

/** The way to its other end leads into the tunnel itself: nothing that it carries gets out. */
export function carrierIntoItself(attempt: FailedAttempt, scene: Scene): Finding | null {
  const all = ends(attempt, scene);
  const [first] = all;
  if (!first || all.some(({ end, tunnel }) => end.route?.device !== tunnel.device)) return null;
  const { tunnel, end } = first;
  const { address, route } = end;
  const line = route?.line ?? null;
  return {
    says: 'fits',
    weight: 0.97,
    side: 'this-device',
    stage: 'route',
    culprit: { kind: 'interface', name: tunnel.device, ...(tunnel.product === null ? {} : { owner: tunnel.product }) },
    summary: `${tunnelWords(tunnel)} holds the way to its own other end, ${hostPort(address, end.port)}, too: what it sends goes into itself, and nothing gets out.`,
    advice: `lead ${address} past the tunnel: sudo ip route add ${address} via ROUTER dev INTERFACE, with the router of this network; or let the VPN's own program (wg-quick, NetworkManager) set up its routes`,
    evidence: [
      {
        fact: 'device.tunnelEnds',
        says: `the kernel leads what ${tunnel.device} sends to ${address} into ${tunnel.device}${line === null ? '' : ` (${line})`}`,
      },
      ...ofTunnel(attempt, scene, tunnel, address),
    ],
  };
}

/** Why it is not the VPN that fails; null where it may be. */
export function carrierStoppedHere(attempt: FailedAttempt, scene: Scene): Finding | null {
  if (carrierByRule('firewall', attempt, scene)?.says === 'proven')
    return {
      says: 'ruledOut',
      because: 'a rule of this computer stops what the tunnel itself sends',
      facts: ['tunnel.trace'],
    };
  return carrierWithoutWay(attempt, scene)
    ? {
        says: 'ruledOut',
        because: 'this computer has no way to the other end of the tunnel',
        facts: ['device.tunnelEnds'],
      }
    : null;
}

/** What leads into that tunnel, and whose it and its other end are. */
function ofTunnel({ address }: FailedAttempt, scene: Scene, tunnel: Tunnel, end: string): Evidence[] {
  return [
    { fact: 'device.routes', says: `what goes to ${address ?? 'the target'} is sent into ${tunnel.device}` },
    ...toldBy(scene, tunnel, end),
    ...whoseTunnel(tunnel),
    ...untriedVpn(tunnel.product, 'device.interfaces'),
  ];
}

function toldBy({ facts }: Scene, { device }: Tunnel, address: string): Evidence[] {
  const end = fact(facts, 'device.tunnelEnds')?.find((one) => one.device === device && one.address === address);
  return end
    ? [
        {
          fact: 'device.tunnelEnds',
          says: `the other end of ${device} is ${hostPort(address, end.port)} (${end.toldBy})`,
        },
      ]
    : [];
}
