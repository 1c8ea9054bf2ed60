import type { TraceEvent } from '../../model/system.js';

/**
 * The jumps that a packet was still inside of when it met its end, the first one first; `events` are in order. The end
 * of a chain is not always reported (not that of an empty one), but where the packet goes on is: whatever was jumped
 * into from there is left by then. No chain leads back into itself, nf_tables refuses that.
 */
export function ledThere(events: readonly TraceEvent[], end: TraceEvent): TraceEvent[] {
  let inside: TraceEvent[] = [];
  for (const event of events) {
    if (event.direction !== end.direction) continue;
    const isBack = (jump: TraceEvent): boolean =>
      jump.chain === event.chain && jump.table === event.table && jump.family === event.family;
    const back = inside.findIndex(isBack);
    if (back >= 0) inside = inside.slice(0, back);
    if (event === end) break;
    if (event.verdict === 'jump' || event.verdict === 'goto') inside.push(event);
    // Whatever ends a base chain ends all that was jumped into.
    else if (event.kind === 'policy' || final.has(event.verdict)) inside = [];
  }
  return inside;
}

const final: ReadonlySet<string> = new Set(['accept', 'drop', 'stolen', 'queue']);
