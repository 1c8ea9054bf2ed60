import type { Context } from '../../model/gatherer.js';

/**
 * Tries one place after another until one holds. The next one is begun when the one before has failed, or is late: then
 * both are waited for, and the later one is given up when the earlier one holds after all.
 */
export async function inTurn<Place>(
  places: readonly Place[],
  context: Context,
  tryOne: (place: Place, at: number, context: Context, onLate: () => void) => Promise<boolean>,
): Promise<void> {
  const from = async (at: number, own: Context): Promise<void> => {
    const place = places[at];
    if (place === undefined || own.signal.aborted) return;
    const later = new AbortController();
    const following: Promise<void>[] = [];
    const follow = (): void => {
      if (following.length === 0)
        following.push(from(at + 1, { ...own, signal: AbortSignal.any([own.signal, later.signal]) }));
    };
    if (await tryOne(place, at, own, follow)) later.abort();
    else follow();
    await Promise.all(following);
  };
  await from(0, context);
}
