import { isFactKey } from '../model/fact-keys.js';
import type { Recipient } from '../model/recipient.js';
import type { Report } from '../model/report.js';
import { clean, inert, wrap } from './clean.js';
import { culpritLine } from './culprit.js';
import { triesOf, waysOf } from './message-measures.js';
import { ledOn, ledOnSentence } from './led-on.js';
import { isNamed } from './named.js';

const mostEvidence = 8;
const mostRuledOut = 10;
const width = 76;

/**
 * A message to whoever can change what this computer cannot, with what was measured and what was ruled out. It promises no
 * more than the verdict: where nobody is named, it asks and does not accuse. The report is redacted by the caller,
 * who says so by `standIns`: a stand-in looks like a real address.
 */
export function messageFor(recipient: Recipient, report: Report, standIns = false): string {
  const { verdict, target } = report;
  const failed = verdict.outcome === 'failed' && !opens(report);
  const place = `${clean(target.host, 200)}${target.scheme === 'unix' ? '' : ` port ${target.port}`}`;
  const lines = [
    `Subject: ${failed ? 'No connection to' : 'Trouble with'} ${place}`,
    '',
    'Hello,',
    '',
    ...wrap(opening(recipient, place, report), width),
    '',
    'What was found, as this program says it to me',
    ...found(report),
    '',
    'What was measured',
    `  ${clean(report.startedAt, 40)}, for ${(report.elapsedMs / 1000).toFixed(1)} s`,
    ...addresses(report),
    ...items([...triesOf(report), ...waysOf(report.facts)]),
    ...items(report.evidence.slice(0, mostEvidence).map(({ says }) => says)),
    ...more(report.evidence.length - mostEvidence),
    '',
    'What was ruled out',
    ...ruledOut(report),
    ...notKnown(report),
    '',
    ...wrap(request(recipient, report), width),
    '',
    `Measured with whoblocked ${clean(report.version, 30)}.`,
    ...(standIns ? ['Names and addresses above are stand-ins; I can send you the real ones.'] : []),
  ];
  return `${lines.map(inert).join('\n')}\n`;
}

function opening(recipient: Recipient, place: string, report: Report): string {
  const { verdict } = report;
  const who = {
    isp: 'I am a customer of yours.',
    admin: 'I use the network or the service that you look after.',
    vendor: 'I use the service or the product that you make.',
  }[recipient];
  const browser = verdict.cause.startsWith('browser-') ? verdict.culprit?.owner : undefined;
  if (browser !== undefined) return `${who} I cannot open ${place} in ${clean(browser, 60)}, though it answers.`;
  if (verdict.outcome === 'failed' && opens(report))
    return `${who} I cannot use ${place}: the connection opens, and what comes behind it fails.`;
  return verdict.outcome === 'failed'
    ? `${who} I cannot connect to ${place}.`
    : `${who} I can connect to ${place}, but something is wrong.`;
}

/** Whoever looks for a connection that is refused or swallowed would look in vain. */
function opens(report: Report): boolean {
  const { stage } = report.verdict;
  return stage === 'tls' || stage === 'http' || stage === 'service' || ledOn(report) !== null;
}

function found(report: Report): string[] {
  const { verdict } = report;
  const culprit = isNamed(report) ? culpritLine(report) : null;
  const onward = ledOnSentence(report);
  const certainty = isNamed(report) ? `how sure: ${verdict.certainty}` : 'who is responsible could not be told';
  return [
    ...items([verdict.summary]),
    ...(onward === null ? [] : items([onward])),
    ...(culprit === null ? [] : items([`what exactly: ${culprit}`])),
    ...items([certainty, `where it stops: ${stages[verdict.stage] ?? verdict.stage}`]),
  ];
}

const stages: Readonly<Record<string, string>> = {
  target: 'before anything is sent',
  name: 'looking up the name',
  route: 'the way out of this computer',
  proxy: 'at the proxy',
  connect: 'making the connection',
  tls: 'the encryption (TLS)',
  http: 'the answer to the request (HTTP)',
  service: 'the service behind the port',
};

function addresses({ target }: Report): string[] {
  return target.addresses.length === 0 ? [] : items([`addresses: ${target.addresses.slice(0, 6).join(', ')}`]);
}

function ruledOut({ ruledOut: all }: Report): string[] {
  if (all.length === 0) return ['  nothing'];
  const shown = all.slice(0, mostRuledOut).map(({ cause, because }) => `${cause}: ${because}`);
  return [...items(shown), ...more(all.length - mostRuledOut)];
}

/** A message that hides what was not looked at would be answered by "did you look at …". */
function notKnown({ unknown }: Report): string[] {
  if (unknown.length === 0) return [];
  // Of several attempts each cause is unknown for reasons of its own: one line for each is enough.
  const each = [...new Map(unknown.map(({ cause, missing }) => [cause, `${cause}: ${inWords(missing)}`])).values()];
  const shown = each.slice(0, mostRuledOut);
  return ['', 'What could not be told from here', ...items(shown), ...more(each.length - mostRuledOut)];
}

/** The bare names of facts tell nobody anything outside this program. */
function inWords(missing: string): string {
  return missing.split(', ').every(isFactKey) ? 'not measured' : missing;
}

function request(recipient: Recipient, report: Report): string {
  const { verdict } = report;
  const theirs = { isp: 'path', admin: 'local-network', vendor: 'server' }[recipient];
  // What an administrator has set on this computer is theirs too, and a product's doing its makers'.
  if (isNamed(report) && recipient === 'admin' && verdict.culprit?.kind === 'policy')
    return 'It is a policy of this computer. If you have set it, please make an exception, or tell me why it is so.';
  if (isNamed(report) && recipient === 'vendor' && verdict.side === 'this-device')
    return 'It is a product on my computer that does it. If it is yours and this is not meant, please tell me which setting it is, or mend it.';
  if (isNamed(report) && verdict.side === theirs)
    return 'From what was measured it is on your side. Please look into it, or tell me why it is so.';
  return 'Please tell me whether anything on your side explains this.';
}

function items(texts: readonly string[]): string[] {
  return texts.flatMap((text) => {
    const [first = '', ...rest] = wrap(clean(text, 400), width - 4);
    return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
  });
}

function more(count: number): string[] {
  return count > 0 ? [`  - and ${count} more`] : [];
}
