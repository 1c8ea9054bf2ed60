import type { Facts } from '../model/facts.js';
import type { Recipient } from '../model/recipient.js';
import type { Report, Verdict } from '../model/report.js';
import { shellWord } from '../model/shell-word.js';
import { whomToTell } from './whom-to-tell.js';

/** The report as one line of JSON, keys in the order of the contract. */
export function renderJson(report: Report): string {
  return `${printable(JSON.stringify(ordered(report)))}\n`;
}

/**
 * JSON that a terminal shows as it is: what JSON.stringify leaves raw (DEL, the C1 controls with their escape sequences,
 * marks that reorder text) is escaped. It parses to the same value.
 */
export function printable(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    (sign) => {
      return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
    },
  );
}

/** Who else could mend it, and the command that writes a message for them. */
interface Told {
  readonly tell?: { readonly for: Recipient; readonly command: string };
}

function ordered(report: Report): Report & Told {
  const whom = whomToTell(report);
  return {
    schema: report.schema,
    version: report.version,
    startedAt: report.startedAt,
    elapsedMs: report.elapsedMs,
    packets: report.packets,
    ...(report.packetsTo && { packetsTo: report.packetsTo }),
    as: report.as,
    target: report.target,
    verdict: orderedVerdict(report.verdict),
    candidates: report.candidates.map(orderedVerdict),
    also: report.also.map(orderedVerdict),
    ruledOut: report.ruledOut,
    unknown: report.unknown,
    evidence: report.evidence,
    remedies: report.remedies,
    ...(whom !== null && {
      tell: { for: whom, command: `whoblocked report --for ${whom} ${shellWord(report.target.input)}` },
    }),
    facts: orderedFacts(report.facts),
  };
}

function orderedVerdict(verdict: Verdict): Verdict {
  const { outcome, cause, side, stage, certainty, confidence, confidenceBasis, culprit, summary, advice } = verdict;
  return {
    outcome,
    cause,
    side,
    stage,
    certainty,
    ...(confidence === undefined ? {} : { confidence }),
    ...(confidenceBasis === undefined ? {} : { confidenceBasis }),
    ...(culprit === undefined ? {} : { culprit }),
    summary,
    ...(advice === undefined ? {} : { advice }),
  };
}

/** Facts arrive in the order of the network's answers; printed, their order must not depend on that. */
function orderedFacts(facts: Facts): Facts {
  const { target, ...rest } = facts;
  const sorted = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  return { target, ...Object.fromEntries(sorted) };
}
