import type { Failure } from '../src/model/failure.js';
import type { AnswerLost, Seen, TraceEvent, TraceFlow, Tracer } from '../src/model/system.js';

export type ScriptedStep = Omit<TraceEvent, 'at' | 'localPort'>;

export interface TraceScript {
  /** Steps that a flow's packets take, known as soon as the flow is followed. */
  readonly steps?: (flow: TraceFlow) => readonly ScriptedStep[];
  /** Directions in which packets were seen at all; those of the steps, and `out`, when absent. */
  readonly seen?: (flow: TraceFlow) => Seen;
  /** Reasons for which the kernel throws our packets away behind all rules. */
  readonly lost?: readonly string[];
  readonly answerLost?: AnswerLost;
  /** Lines of iptables-legacy's log. */
  readonly logged?: readonly string[];
  /** Why no session is to be had. */
  readonly failure?: Failure;
  /** The kernel refuses rules for this flow. */
  readonly refuses?: (flow: TraceFlow) => boolean;
}

export interface FakeTracer extends Tracer {
  readonly followed: readonly TraceFlow[];
  /** Sessions that were opened and not closed. */
  sessionsOpen(): number;
}

/** A kernel that traces as the script says. Nobody waits: what does not come at once never comes. */
export function fakeTracer(script: TraceScript = {}): FakeTracer {
  const followed: TraceFlow[] = [];
  let open = 0;
  return {
    followed,
    sessionsOpen: () => open,
    open: () => {
      if (script.failure) return Promise.resolve(script.failure);
      const mine: TraceFlow[] = [];
      let closed = false;
      open++;
      const events = (): TraceEvent[] =>
        mine.flatMap((flow) =>
          (script.steps?.(flow) ?? []).map((step) => ({ ...step, at: 0, localPort: flow.localPort })),
        );
      return Promise.resolve({
        follow: (flow) => {
          if (closed || script.refuses?.(flow)) return Promise.resolve(false);
          mine.push(flow);
          followed.push(flow);
          return Promise.resolve(true);
        },
        events,
        seen: (localPort) => {
          const flow = mine.find((one) => one.localPort === localPort);
          if (!flow) return { out: false, in: false };
          const arrived = (script.steps?.(flow) ?? []).some(({ direction }) => direction === 'in');
          return script.seen?.(flow) ?? { out: true, in: arrived };
        },
        logged: () => script.logged ?? [],
        lost: () => script.lost ?? [],
        answerLost: () => Promise.resolve(script.answerLost ?? null),
        wait: (localPort, test) =>
          Promise.resolve(events().find((event) => event.localPort === localPort && test(event)) ?? null),
        close: () => {
          if (!closed) open--;
          closed = true;
          return Promise.resolve();
        },
      });
    },
  };
}
