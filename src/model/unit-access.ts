import { canonical, inPrefix } from './address.js';
import type { UnitSetting } from './policy-facts.js';

/** Words of systemd's for whole networks (systemd.resource-control(5)). */
const words: Readonly<Record<string, readonly string[]>> = {
  any: ['0.0.0.0/0', '::/0'],
  localhost: ['127.0.0.0/8', '::1/128'],
  'link-local': ['169.254.0.0/16', 'fe80::/64'],
  multicast: ['224.0.0.0/4', 'ff00::/8'],
};

/**
 * The line that keeps an address from the programs of a unit, the innermost unit's first; null where none does, or where
 * another line allows it: that one counts whatever else is said.
 */
export function denyingSetting(settings: readonly UnitSetting[], address: string): UnitSetting | null {
  const covering = settings.filter(({ value }) => covers(value, address));
  if (covering.some(({ name }) => name === 'IPAddressAllow')) return null;
  const [first] = covering;
  return covering.findLast(({ unit }) => unit === first?.unit) ?? null;
}

function covers(value: string, address: string): boolean {
  return value.split(/\s+/).some((word) => {
    const networks = words[word] ?? [word];
    return networks.some((one) => (one.includes('/') ? inPrefix(address, one) : canonical(one) === canonical(address)));
  });
}
