import { familyOf, scopeOf } from '../model/address.js';
import { proxyOf } from '../model/proxied.js';
import type { Report } from '../model/report.js';

/** What would tell more where no cause could be named, in one clause for a person. */
export function whatWouldDecide({ verdict, facts, candidates }: Report): string {
  const { host, scheme } = facts.target;
  if (candidates.length === 0) return 'why it fails: --verbose shows all that was measured';
  if (verdict.stage === 'target' && facts['device.program'] !== undefined)
    return 'whoever looks after this computer can tell whether that program was ever there, and who took it away';
  if (scheme === 'unix' || isHere(host)) return 'whoever runs the program that should answer on this computer can tell';
  if (
    verdict.stage === 'proxy' ||
    (proxyOf(facts) !== null && candidates.some(({ cause }) => cause.startsWith('proxy-')))
  )
    return 'whoever runs the proxy can tell';
  return 'a look from another network would decide it';
}

function isHere(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || (familyOf(host) !== 0 && scopeOf(host) === 'loopback');
}
