import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { gatewayAnswers, outsideAnswers, outsideOf } from './reference-evidence.js';
import { routeOf, sendersOf, triesOf } from './connection-evidence.js';
import { bySwitchingOff, tunnelOf, tunnelWords, untriedVpn, whoseTunnel } from './tunnel.js';

/**
 * A tunnel holds the way to everything, and nothing comes through it: its other end is gone, or no program serves it.
 * One that carries other connections is well. Null where no tunnel is in the way.
 */
export function deadTunnel(attempt: FailedAttempt, scene: Scene): Finding | null {
  const tunnel = tunnelOf(attempt, scene);
  if (!tunnel) return null;
  if (scene.facts['device.interfaces'] === undefined)
    return { says: 'unknown', missing: ['device.interfaces'], because: 'the state of the tunnel is not known' };
  const unserved = tunnel.interface?.carrier === false;
  const outside = outsideAnswers(scene, attempt.address);
  const holds = holdsEverything(tunnel.device, scene);
  if (!unserved && outside === true && holds)
    return {
      says: 'ruledOut',
      because: `${tunnel.device} carries other connections`,
      facts: ['references', 'device.routes'],
    };
  if (attempt.outcome.code === 'refused' || attempt.outcome.code === 'reset') return null;
  const { target, hops } = sendersOf(triesOf(attempt, scene));
  if (target.length > 0 || hops.length > 0)
    return { says: 'ruledOut', because: 'somebody behind the tunnel answered', facts: ['connect'] };
  // What others hear says nothing of one that leads to the target alone.
  if (!unserved && scene.facts['device.routes'] !== undefined && !holds) return null;
  if (!unserved && outside === undefined)
    return { says: 'unknown', missing: ['references'], because: 'whether the tunnel carries anything is not known' };
  if (!unserved && (outside === true || !holds)) return null;
  const asked = outsideOf(scene.facts, attempt.address) ?? [];
  if (!unserved && asked.length < 2) return null;
  const line = routeOf(attempt, scene)?.line ?? null;
  const router = gatewayAnswers(scene, attempt.address);
  const evidence: Evidence[] = [
    {
      fact: 'device.routes',
      says: `what goes to ${attempt.address ?? 'the target'} is sent into ${tunnel.device}${line === null ? '' : ` (${line})`}`,
    },
    ...(unserved
      ? [{ fact: 'device.interfaces' as const, says: `no program serves ${tunnel.device}: it has no carrier` }]
      : [
          {
            fact: 'references' as const,
            says: `${asked.length} other servers were asked through it, and none answered`,
          },
        ]),
    ...whoseTunnel(tunnel),
    ...untriedVpn(tunnel.product, 'device.interfaces'),
    ...(router === true ? [{ fact: 'references' as const, says: 'the router of this network answers' }] : []),
  ];
  // Whose it is the program that serves it may tell, or the file that sets it up; and which connection NetworkManager.
  const tells = unserved ? 'device.vpnProfiles' : 'device.tunnels';
  const untold = (tunnel.product === null || !unserved) && scene.facts[tells] === undefined;
  return {
    says: 'fits',
    ...(untold ? { missing: [tells] as const } : {}),
    weight: unserved ? 0.95 : 0.8,
    ...(unserved ? {} : { atMost: 'likely' as const }),
    stage: 'route',
    culprit: { kind: 'interface', name: tunnel.device, ...(tunnel.product === null ? {} : { owner: tunnel.product }) },
    summary: unserved
      ? `${tunnelWords(tunnel)} holds the way, and no program serves it any more: the VPN has ended and left it behind.`
      : `${tunnelWords(tunnel)} holds the way to everything, and nothing comes through it.`,
    advice: unserved
      ? `connect the VPN again, or take its tunnel away: sudo ip link delete ${tunnel.device}`
      : `connect the VPN anew, or disconnect it${bySwitchingOff(tunnel)}; without it what you do is no longer hidden by it`,
    evidence,
  };
}

/** The default route, or both halves of it (OpenVPN's redirect-gateway def1), or a rule that leads to a table of its own. */
export function holdsEverything(device: string, scene: Scene): boolean {
  const routes = fact(scene.facts, 'device.routes');
  if (!routes) return false;
  const [first] = routes.defaults.toSorted((a, b) => (a.metric ?? 0) - (b.metric ?? 0));
  if (first?.device === device) return true;
  return routes.choices.some(
    ({ device: by, line }) =>
      by === device && /^(?:default|0\.0\.0\.0\/[01]|128\.0\.0\.0\/1|::\/[01]|8000::\/1)\b/.test(line ?? ''),
  );
}
