import type { Cost, GathererHead } from '../model/gatherer.js';
import type { Options } from '../model/settings.js';
import type { System } from '../model/system.js';

const costs: readonly Cost[] = ['local', 'light', 'heavy'];

export function lowestCost(gatherers: readonly Pick<GathererHead, 'cost'>[]): Cost | undefined {
  return costs.find((one) => gatherers.some(({ cost }) => cost === one));
}

/** Why it cannot be measured here at all, or null. */
export function refusalOf(
  { platforms, privilege, reference }: Pick<GathererHead, 'platforms' | 'privilege' | 'reference'>,
  { system, options }: { readonly system: System; readonly options: Options },
): string | null {
  if (platforms !== 'any' && !platforms.includes(system.platform)) return `not measured on ${system.platform}`;
  if (privilege === 'root' && !system.identity.root) return 'needs root';
  if (reference && !options.references) return 'references are not allowed';
  return null;
}
