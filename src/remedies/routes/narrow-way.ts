import { familyOf } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import type { Ailment } from '../../model/remedy.js';
import type { System } from '../../model/system.js';
import type { PacketSizes } from '../../model/way-facts.js';
import { interfaceName } from '../../operations/routes/unicast-route.js';

/** The interface that leads to the target, and the size of its packets. */
export interface OwnLink {
  readonly name: string;
  readonly mtu: number;
}

/** Which packets pass and which vanish, where both are known. */
export function sizesOf({ facts }: Ailment): PacketSizes | null {
  return fact(facts, 'path.sizes')?.find(({ largest, tooLarge }) => largest !== null && tooLarge !== null) ?? null;
}

/** Null where it is not known. */
export async function linkTowards(ailment: Ailment, system: System): Promise<OwnLink | null> {
  const address = sizesOf(ailment)?.address ?? '';
  if (familyOf(address) === 0) return null;
  const bounds = { timeoutMs: 5_000 };
  const way = await system.run('ip', ['-j', 'route', 'get', address], bounds);
  const name = textIn(way.stdout, 'dev');
  if (way.exit !== 0 || name === null || !interfaceName.test(name)) return null;
  const link = await system.run('ip', ['-j', 'link', 'show', 'dev', name], bounds);
  const mtu = link.exit === 0 ? Number(textIn(link.stdout, 'mtu')) : 0;
  return mtu > 0 ? { name, mtu } : null;
}

/** A value of the first object that ip prints as JSON. */
function textIn(printed: string, key: string): string | null {
  try {
    const found: unknown = JSON.parse(printed);
    const first: unknown = Array.isArray(found) ? found[0] : null;
    const value: unknown = typeof first === 'object' && first !== null ? Reflect.get(first, key) : null;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  } catch {
    return null;
  }
}
