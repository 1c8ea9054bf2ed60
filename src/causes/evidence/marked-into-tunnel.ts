import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { tunnelProduct } from '../../model/tunnel-products.js';
import { answeredFromOutside, traceOf } from './connection-evidence.js';
import { tunnelWords, untriedVpn } from './tunnel.js';

/**
 * A rule of the firewall marks the packet, and for that mark the routes lead into a tunnel that carries nothing, where the
 * unmarked way leads past it. The kernel's trace shows the mark that our packet bore. Null where that is not so.
 */
export function markedIntoTunnel(attempt: FailedAttempt, scene: Scene): Finding | null {
  const { facts } = scene;
  if (attempt.stage !== 'connect' || attempt.outcome.code !== 'timed-out' || answeredFromOutside(attempt, scene))
    return null;
  const interfaces = fact(facts, 'device.interfaces');
  const into = (fact(facts, 'device.routes')?.marked ?? []).flatMap(({ choice, ...one }) => {
    const found = interfaces?.find(({ name }) => name === choice.device);
    if (choice.error !== null || choice.address !== attempt.address || found === undefined) return [];
    const product = tunnelProduct(found.name, found.kind);
    return product === undefined ? [] : [{ ...one, product, found }];
  });
  if (into.length === 0) return null;
  const traced = traceOf(attempt, scene);
  if (!traced)
    return { says: 'unknown', missing: ['kernel.trace'], because: 'whether a rule marks the packet is not known' };
  const { mark, stoppedBy } = traced;
  if (mark === undefined || stoppedBy !== null) return null;
  const own = into.find((one) => ((one.mark ^ mark) & one.mask) === 0);
  if (!own) return null;
  const { found, product, rule } = own;
  const unserved = found.carrier === false;
  const lifeless = found.traffic !== undefined && found.traffic.sent > 0 && found.traffic.received === 0;
  if (!unserved && !lifeless) return null;
  const number = `0x${mark.toString(16)}`;
  const tunnel = tunnelWords({ device: found.name, product });
  return {
    says: 'fits',
    weight: unserved ? 0.95 : 0.85,
    ...(unserved ? {} : { atMost: 'likely' as const }),
    stage: 'route',
    culprit: { kind: 'interface', name: found.name, ...(product === null ? {} : { owner: product }) },
    summary: `A firewall rule of this computer marks what is sent to ${attempt.address ?? 'it'} (${number}) and so leads it into a tunnel. ${tunnel} ${unserved ? 'is served by no program any more' : 'has never brought anything back'}.`,
    advice: `connect the VPN again, or take out the rule that leads there: sudo ip rule del ${rule.replace(/^\d+:\s*/, '')}`,
    evidence: [
      { fact: 'kernel.trace', says: `our packet bore the mark ${number} behind the rules, and no rule stopped it` },
      { fact: 'device.routes', says: `for that mark the kernel sends it to ${found.name}, by the rule ${rule}` },
      {
        fact: 'device.interfaces',
        says: unserved
          ? `no program serves ${found.name}: it has no carrier`
          : `${found.traffic?.sent ?? 0} packets went into ${found.name}, and not one has ever come back`,
      },
      ...untriedVpn(product, 'device.interfaces'),
    ],
  };
}
