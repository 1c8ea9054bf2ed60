import { familyOf, hostPort, scopeOf } from '../../model/address.js';
import type { Evidence } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import type { InboundFact } from '../../model/inbound.js';
import type { RouterFact } from '../../model/way-facts.js';

export interface RouterInFront {
  readonly advice: string;
  readonly evidence: readonly Evidence[];
}

/** Whether who asks comes from the internet, as far as is known, and this device is behind a router of its own network. */
export function needsRouter({ from, ends }: InboundFact): boolean {
  const [end] = ends;
  return (from === null || scopeOf(from) === 'public') && end !== undefined && isInside(end.address);
}

function isInside(address: string): boolean {
  return ['private', 'shared'].includes(scopeOf(address));
}

/**
 * What the router before this device would still have to do, and what it tells of that itself. Read without a login: its
 * list of blocked devices no router shows so, and some list only what programs have set by UPnP.
 */
export function routerInFront(facts: Facts, question: InboundFact): RouterInFront | null {
  const [end] = question.ends;
  if (!end || !needsRouter(question)) return null;
  const { port, protocol } = question;
  const general = `from the internet the router in front must lead port ${port} to ${end.address} (port forwarding), and its own firewall must let it pass`;
  const router = fact(facts, 'router');
  if (!router) return { advice: general, evidence: [] };
  const says = (text: string): Evidence => ({ fact: 'router', says: text });
  const { address, outside, mappings, by } = router;
  const behindAnother = outside !== null && isInside(outside);
  const evidence = [
    ...(behindAnother
      ? [
          says(
            `your router (${address}) has the address ${outside} outside, which is no public one: another router is before it`,
          ),
        ]
      : []),
    ...ipv6Evidence(router, question, says),
  ];
  const mapping = mappings.find((one) => one.protocol === protocol && one.outsidePort === port);
  const here = mapping && question.ends.some((one) => one.address === mapping.insideAddress);
  const further = behindAnother ? '; and what is before it must lead it to that router' : '';
  if (mapping && here)
    return {
      advice: behindAnother
        ? `what is before your router must lead port ${port} to ${outside}, which only its owner can set (a provider, where it shares one address among many, does not)`
        : `from the internet use ${outside === null ? "the router's outside address" : hostPort(outside, port)}: the router leads it here already`,
      evidence: [
        says(
          `your router (${address}) leads its ${protocol} port ${port} to ${hostPort(mapping.insideAddress, mapping.insidePort)}`,
        ),
        ...evidence,
      ],
    };
  if (mapping)
    return {
      advice: `lead port ${port} to ${end.address} in the router's settings, in the place of ${mapping.insideAddress}${further}`,
      evidence: [
        says(
          `your router (${address}) leads its ${protocol} port ${port} to another device, ${hostPort(mapping.insideAddress, mapping.insidePort)}`,
        ),
        ...evidence,
      ],
    };
  if (!by.includes('upnp')) return { advice: general + further, evidence };
  return {
    advice: `${general}${further}; what was set by hand, and whom it blocks, its own pages show after a login`,
    evidence: [
      says(`your router (${address}) lists nothing by UPnP that leads ${protocol} port ${port} to this computer`),
      ...evidence,
    ],
  };
}

/** Of IPv6 nothing is led anywhere: the router's firewall alone decides (WANIPv6FirewallControl:1, 2.5.1). */
function ipv6Evidence(
  { address, ipv6Firewall, ipv6Pinholes }: RouterFact,
  { ends, port }: InboundFact,
  says: (text: string) => Evidence,
): Evidence[] {
  const outside = ends.find((one) => familyOf(one.address) === 6 && scopeOf(one.address) === 'public');
  if (!outside || ipv6Firewall === undefined) return [];
  if (!ipv6Firewall) return [says(`your router (${address}) says that its firewall for IPv6 is off`)];
  const pinholes = ipv6Pinholes === false ? ', and that programs may not open ports in it' : '';
  return [
    says(
      `your router (${address}) says that its firewall for IPv6 is on${pinholes}: there port ${port} of ${outside.address} must be let in`,
    ),
  ];
}
