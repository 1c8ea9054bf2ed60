import type { System } from '../../model/system.js';
import { type WayOut, waysOut } from './ways-out.js';

/** After the last change: an address and its routes come one after the other. */
const settleMs = 1500;
/** Where nothing tells of changes, and in case one was not told. */
const lookEveryMs = 3000;

/** Resolves with the new way out once this device has another one than before; null when the signal fires first. */
export async function awaitSwitch(
  before: WayOut | undefined,
  family: 0 | 4 | 6,
  system: System,
  signal: AbortSignal,
): Promise<WayOut | null> {
  const over = new AbortController();
  const stop = AbortSignal.any([signal, over.signal]);
  let wake = (): void => {};
  await system.watchNetwork?.(() => wake(), stop);
  try {
    while (!signal.aborted) {
      const [now] = await waysOut(system, family);
      if (now && !isSame(now, before)) {
        await system.clock.sleep(settleMs, signal);
        const [settled] = await waysOut(system, family);
        if (settled && !isSame(settled, before)) return signal.aborted ? null : settled;
        continue;
      }
      const changed = new Promise<void>((resolve) => (wake = resolve));
      const round = new AbortController();
      await Promise.race([changed, system.clock.sleep(lookEveryMs, AbortSignal.any([stop, round.signal]))]);
      round.abort();
    }
    return null;
  } finally {
    over.abort();
  }
}

function isSame(a: WayOut, b: WayOut | undefined): boolean {
  return a.interface === b?.interface && a.gateway === b.gateway;
}
