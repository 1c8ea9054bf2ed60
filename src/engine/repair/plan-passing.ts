import { suspicionOf } from '../../causes/evidence/block-right.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Ailment, Eyes, Plan } from '../../model/remedy.js';
import { defaultOptions } from '../../model/settings.js';
import { type PassBy, planPassBy } from '../../remedies/firewall/pass-by.js';
import { planPastTunnel } from '../../remedies/routes/pass-tunnel.js';
import { addressesIn } from '../../remedies/firewall/target-flows.js';
import { factsFor } from '../walk-firewall.js';

export type { PassBy };

/** A connection that was opened makes no diagnosis look at routes; rules ask by which interface it leaves. */
export async function planPassing(
  pass: PassBy,
  ailment: Ailment,
  eyes: Eyes,
): Promise<Plan | { readonly whyNot: string }> {
  const facts = fact(ailment.facts, 'device.routes') ? ailment.facts : await withRoutes(ailment, eyes);
  const rules = await planPassBy(pass, { ...ailment, facts }, eyes);
  // A VPN may hold packets by its rules, or by leading them into a tunnel that carries nothing.
  const plan = pass.guard === 'vpn' && 'whyNot' in rules ? pastTunnelOr(rules, { ...ailment, facts }) : rules;
  const meant = rightfully(ailment);
  return 'whyNot' in plan || meant === null ? plan : { ...plan, blockLooksRight: meant };
}

function pastTunnelOr(rules: { readonly whyNot: string }, ailment: Ailment): Plan | { readonly whyNot: string } {
  const routes = planPastTunnel(ailment);
  return 'whyNot' in routes ? { whyNot: `${rules.whyNot}; ${routes.whyNot}` } : routes;
}

/** What a scanner found may be what it is called. */
function rightfully({ verdict: { culprit } }: Ailment): string | null {
  if (culprit?.kind !== 'signature') return null;
  const { looks, says } = suspicionOf(culprit.name ?? '');
  return looks === 'dangerous' ? `${culprit.name ?? 'it'}: ${says}` : null;
}

async function withRoutes({ facts, target }: Ailment, { system, signal }: Eyes): Promise<Facts> {
  const addresses = addressesIn(facts).map(({ address }) => address);
  const each = await Promise.all(
    [...new Set(addresses)].map((address) => factsFor(address, target, system, defaultOptions, signal)),
  );
  const choices = each.flatMap((one) => fact(one.facts, 'device.routes')?.choices ?? []);
  const first = each[0]?.facts ?? facts;
  const routes = first['device.routes'];
  const all = routes?.state === 'known' ? { ...routes, value: { ...routes.value, choices } } : null;
  return { ...first, ...facts, ...(all !== null && { 'device.routes': all }) };
}
