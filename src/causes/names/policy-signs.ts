/** Signs that an answer was made by a policy, and not by the owner of the name. */
import { scopeOf } from '../../model/address.js';
import type { ResolverAnswer } from '../../model/facts.js';
import type { Opinion } from './answers.js';

export interface PolicySign {
  /**
   * `stated`: the resolver itself says so. `strong`: no ordinary zone looks like that. `client`: it says that it does not
   * serve whoever asked, whatever the name.
   */
  readonly strength: 'stated' | 'strong' | 'client';
  /** A clause for the evidence. */
  readonly says: string;
  /** What the resolver calls it. */
  readonly label: string;
}

/** RFC 8914 4.5 and 4.16 to 4.18: forged, blocked, censored, filtered. 4.19, prohibited, is about the client. */
const aboutName: ReadonlySet<number> = new Set([4, 15, 16, 17]);
const aboutClient = 18;

export function policySigns(opinion: Opinion, host: string): PolicySign[] {
  return opinion.answers.flatMap((answer) => [...stated(answer), ...zoneSigns(answer, host), ...addressSigns(answer)]);
}

function stated({ errors, policyZone, resolver }: ResolverAnswer): PolicySign[] {
  const said = errors.flatMap(({ code, name, text }): PolicySign[] => {
    if (!aboutName.has(code) && code !== aboutClient) return [];
    const label = `extended error ${code} (${name})${text === '' ? '' : `: ${text}`}`;
    return [
      {
        strength: code === aboutClient ? 'client' : 'stated',
        label,
        says: `${resolver} says itself that it does this on purpose: ${label}`,
      },
    ];
  });
  return policyZone === undefined
    ? said
    : [
        ...said,
        {
          strength: 'stated',
          label: `response policy ${policyZone}`,
          says: `${resolver} names the response policy that it applied: ${policyZone}`,
        },
      ];
}

/** A "no" signed by a zone in which the name does not lie was not given by the owner of the name. */
function zoneSigns({ failure, zone, cnames, resolver }: ResolverAnswer, host: string): PolicySign[] {
  if ((failure?.code !== 'nxdomain' && failure?.code !== 'no-data') || zone === undefined) return [];
  const end = cnames.at(-1) ?? host;
  return isBelow(end, zone) || isBelow(host, zone)
    ? []
    : [
        {
          strength: 'strong',
          label: `a "no" of zone ${zone}`,
          says: `the "no" of ${resolver} comes from zone ${zone}, to which the name does not belong`,
        },
      ];
}

function addressSigns({ failure, addresses, resolver }: ResolverAnswer): PolicySign[] {
  if (failure) return [];
  const sink = addresses.find((address) => scopeOf(address) === 'unspecified' || scopeOf(address) === 'loopback');
  return sink === undefined
    ? []
    : [
        {
          strength: 'strong',
          label: `address ${sink}`,
          says: `${resolver} gives ${sink}, an address that leads nowhere`,
        },
      ];
}

function isBelow(name: string, zone: string): boolean {
  const [inner, outer] = [name, zone].map((each) => each.toLowerCase().replace(/\.$/, ''));
  return outer === '' || inner === outer || (inner ?? '').endsWith(`.${outer}`);
}
