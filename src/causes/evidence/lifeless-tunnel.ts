import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { answeredFromOutside, isOwnAddress, neverLeft, routeOf, triesOf } from './connection-evidence.js';
import { isRelay } from './tunnel.js';

const tunnels = /^(?:tun|tap|wg|ppp|utun|tailscale|nordlynx|proton|mullvad|zt)/;

/** The route leads into a tunnel from which nothing has ever come back. Null where that is not so. */
export function lifelessTunnel(attempt: FailedAttempt, scene: Scene): Finding | null {
  const route = routeOf(attempt, scene);
  const device = route?.device;
  if (!route || !device || !tunnels.test(device) || isRelay(device, scene)) return null;
  if (attempt.outcome.code !== 'timed-out') return null;
  if (attempt.stage === 'connect' && (answeredFromOutside(attempt, scene) || neverLeft(triesOf(attempt, scene))))
    return null;
  const behind = answeringBehind(attempt, scene);
  if (behind) return behind;
  const interfaces = fact(scene.facts, 'device.interfaces');
  if (!interfaces) return { says: 'unknown', missing: ['device.interfaces'] };
  const traffic = interfaces.find(({ name }) => name === device)?.traffic;
  // What came back once may have been another connection's: then it is one of several that it could be.
  const lifeless = traffic !== undefined && traffic.sent > 0 && traffic.received === 0;
  return {
    says: 'fits',
    weight: lifeless ? 0.85 : 0.3,
    atMost: 'likely',
    culprit: { kind: 'interface', name: device },
    summary: `The way to ${attempt.address ?? 'the target'} leads into the tunnel ${device} of a VPN, and nothing comes back from there.`,
    advice: 'connect the VPN again, or end it completely, so that its routes go',
    evidence: [
      { fact: 'device.routes', says: `the route is "${route.line ?? ''}"` },
      ...(lifeless
        ? [
            {
              fact: 'device.interfaces' as const,
              says: `${traffic.sent} packets went into ${device}, and not one has ever come back`,
            },
          ]
        : []),
    ],
  };
}

/** A router behind the tunnel turned back a packet of the same connection: it left by the tunnel, and the answer came by it. */
function answeringBehind(attempt: FailedAttempt, scene: Scene): Finding | null {
  const own = fact(scene.facts, 'connect.egress')?.find(
    (one) => one.address === attempt.address && one.port === attempt.port,
  );
  if (!own?.answeredBy || isOwnAddress(own.answeredBy, scene)) return null;
  return {
    says: 'ruledOut',
    because: `${own.answeredBy}, behind the tunnel, answers through it`,
    facts: ['connect.egress', 'device.routes'],
  };
}
