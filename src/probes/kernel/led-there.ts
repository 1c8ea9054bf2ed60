import type { TraceEvent } from '../../model/system.js';

/**
 * The jumps that a packet was still inside of when it met its end, the first one first. `events` are those of one
 * direction, in order; the kernel reports the end of every chain that returns (nft_trace_verdict).
 */
export function ledThere(events: readonly TraceEvent[], end: TraceEvent): TraceEvent[] {
  const stack: TraceEvent[] = [];
  for (const event of events) {
    if (event === end) break;
    if (event.direction !== end.direction) continue;
    if (event.verdict === 'jump' || event.verdict === 'goto') stack.push(event);
    else if (event.kind === 'return') leave(stack);
    // Whatever ends a base chain ends all that was jumped into.
    else if (event.kind === 'policy' || (event.verdict !== 'continue' && event.verdict !== 'break')) stack.length = 0;
  }
  return stack;
}

/** Back behind the last jump: what was entered by goto has no place of its own to return to. */
function leave(stack: TraceEvent[]): void {
  while (stack.pop()?.verdict === 'goto');
}
