import type { Report } from '../model/report.js';
import { clean, shellWord } from './clean.js';
import type { Way } from './way.js';

/** A report on what comes in is told from the other side's place. */
export function isInbound({ target }: Report): boolean {
  return target.scheme === 'inbound';
}

/** `203.0.113.9 ─✗ firewall     port 8080 of this device` */
export function inboundWay({ facts, target, verdict }: Report, guard: string, sure: boolean): Way {
  const from = facts.target.inbound?.from ?? null;
  const other = { label: from === null ? 'others' : clean(from, 45), kind: 'hop' } as const;
  const goal = { label: `port ${target.port} of this device`, kind: 'target' } as const;
  const blocks = verdict.culprit?.kind === 'firewall-rule' || verdict.culprit?.kind === 'policy';
  const places = blocks ? [other, { label: guard, kind: 'guard' } as const, goal] : [other, goal];
  return { places, brokenAt: 1, sure };
}

/** What to type to ask the same again: the target's own words are for reading. */
export function asked(report: Report): string {
  const { target, facts } = report;
  const question = facts.target.inbound;
  if (!isInbound(report) || !question) return shellWord(target.input);
  const protocol = question.protocol === 'udp' ? ' --proto udp' : '';
  return `inbound ${target.port}${protocol}${question.from === null ? '' : ` --from ${shellWord(question.from)}`}`;
}
