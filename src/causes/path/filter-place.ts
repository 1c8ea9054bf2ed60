import type { Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { Culprit, Side } from '../../model/words.js';
import type { Position } from '../evidence/interference-evidence.js';
import { placeOf } from './hop-place.js';

export interface FilterPlace {
  readonly side: Side;
  readonly culprit: Culprit & { readonly name: string };
  /** Begins a sentence: "Somebody at or right behind 203.0.113.1". */
  readonly subject: string;
}

/** Who it is, as far as the hop limit tells: the last router that still let it by, or somebody right behind that one. */
export function filterPlace(position: Position | null, scene: Scene): FilterPlace {
  if (position?.hopLimit === 1) {
    const [router] = fact(scene.facts, 'device.routes')?.defaults.flatMap(({ via }) => via ?? []) ?? [];
    return {
      side: 'local-network',
      culprit: { kind: 'hop', ...(router !== undefined && { address: router }), name: 'your router, or this computer' },
      subject: 'Your router or something on this computer',
    };
  }
  if (!position?.router)
    return { side: 'path', culprit: { kind: 'hop', name: 'a filter on the way' }, subject: 'Somebody on the way' };
  const { router } = position;
  return {
    side: placeOf(router, scene).side,
    culprit: { kind: 'hop', address: router, name: `at or right behind ${router}` },
    subject: `Somebody at or right behind ${placeOf(router, scene).name}`,
  };
}
