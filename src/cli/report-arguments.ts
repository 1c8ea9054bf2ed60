import { recipients, type Recipient } from '../model/recipient.js';
import type { Flags } from './arguments.js';
import { WrongWords } from './wrong-words.js';

export interface ReportCall {
  readonly command: 'report';
  readonly recipient: Recipient;
  /** What to measure, or null when a saved report is read. */
  readonly target: string | null;
  readonly saved: string | null;
  readonly redact: boolean;
  readonly flags: Flags;
}

export const belongToReport = [
  'for',
  'from',
  'names',
  'config',
  'timeout',
  'no-references',
  'no-trace',
  'thorough',
  'ipv4',
  'ipv6',
  'interface',
  'as',
  'proxy',
  'no-proxy',
] as const;

interface ReportValues {
  readonly whom: string | undefined;
  readonly from: string | undefined;
  readonly names: boolean | undefined;
}

/** A target is measured, a saved report is read: one of the two. */
export function reportOf({ whom, from, names }: ReportValues, rest: readonly string[], flags: Flags): ReportCall {
  const recipient = recipients.find((one) => one === whom);
  if (recipient === undefined)
    throw new WrongWords('say for whom: whoblocked report --for isp, --for admin or --for vendor');
  if (from === '') throw new WrongWords('--from needs a file, such as --from report.json');
  const common = { command: 'report', recipient, redact: names !== true, flags } as const;
  const [target] = rest;
  if (from !== undefined) {
    if (target !== undefined) throw new WrongWords('a target or --from FILE, not both');
    return { ...common, target: null, saved: from };
  }
  if (target === undefined || rest.length > 1)
    throw new WrongWords('say what does not work, such as whoblocked report --for isp https://example.com');
  return { ...common, target, saved: null };
}
