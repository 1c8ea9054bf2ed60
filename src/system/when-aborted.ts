const watchers = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back once when the signal fires; the returned function calls that off. One listener serves all who wait for
 * the same signal: Node warns of a leak from the eleventh on, and a diagnosis has hundreds of sockets.
 */
export function whenAborted(signal: AbortSignal, callback: () => void): () => void {
  let all = watchers.get(signal);
  if (!all) {
    const fresh = new Set<() => void>();
    signal.addEventListener('abort', () => [...fresh].forEach((call) => fresh.delete(call) && call()), { once: true });
    watchers.set(signal, fresh);
    all = fresh;
  }
  const set = all;
  // A function of its own for each caller, so that the same one may be given twice.
  const call = (): void => callback();
  set.add(call);
  return () => void set.delete(call);
}
