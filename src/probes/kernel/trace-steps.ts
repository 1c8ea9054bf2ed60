import type { FlowTrace, TraceStep } from '../../model/facts.js';
import type { TraceEvent } from '../../model/system.js';

const stopping: ReadonlySet<string> = new Set(['drop', 'reject', 'queue', 'stolen']);

export function isStop({ verdict }: TraceEvent): boolean {
  return stopping.has(verdict);
}

export function stepOf(event: TraceEvent): TraceStep & { direction: 'out' | 'in' } {
  const { family, table, chain, kind, verdict, direction, rule } = event;
  return { family, table, chain, kind, verdict, direction, ...(rule ? { rule } : {}) };
}

export function hasPassed(outcome: FlowTrace['outcome']): boolean {
  return outcome === 'connected' || outcome === 'answered';
}
