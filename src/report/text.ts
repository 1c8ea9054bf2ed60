import { fact } from '../model/facts.js';
import { portPerhapsMeant } from '../model/parse-target.js';
import type { Recipient } from '../model/recipient.js';
import type { Report, RemedyLine, Verdict } from '../model/report.js';
import { clean, columns, inert, wrap } from './clean.js';
import { culpritLine } from './culprit.js';
import { asked, isInbound } from './inbound.js';
import { ledOnSentence } from './led-on.js';
import { isNamed } from './named.js';
import { otherwiseLine } from './otherwise.js';
import { paint } from './paint.js';
import type { Style } from './paint.js';
import { everything } from './verbose.js';
import { drawWay, wayOf } from './way.js';
import { whatWouldDecide } from './what-would-decide.js';
import { whomToTell } from './whom-to-tell.js';
import { deadBefore, halfTried, worksSentence } from './works.js';

/** How this program was started, so that the commands it prints work as printed. */
export interface Invocation {
  /** `whoblocked`, `npx whoblocked`, `npm start --`, a path. */
  readonly plain: string;
  /** The same as root. */
  readonly asRoot: string;
}

export interface TextOptions {
  readonly invocation: Invocation;
  readonly verbose: boolean;
  readonly color: boolean;
  /** Columns of the terminal; text is wrapped to 80 at most. */
  readonly width: number;
}

export interface Line {
  readonly text: string;
  readonly style?: Style;
}

const blank: Line = { text: '' };
const labelWidth = 11;

/** The report for a person: who, what exactly, where, how sure, what to do. Ends with a line break. */
export function renderText(report: Report, options: TextOptions): string {
  const width = Math.max(40, Math.min(80, options.width));
  const lines = [
    ...(report.verdict.outcome === 'failed' ? failed(report, options, width) : works(report, options, width)),
    ...(options.verbose ? [blank, ...everything(report, width)] : []),
  ];
  return `${lines.map((line) => paint(inert(line.text), line.style, options.color)).join('\n')}\n`;
}

function works(report: Report, { invocation }: TextOptions, width: number): Line[] {
  const { verdict } = report;
  const wrong = [...(verdict.outcome === 'degraded' ? [verdict] : []), ...report.also];
  const sentences = wrong.map((one) => inSentence(clean(one.summary, 300)));
  const intro =
    sentences.length === 0
      ? []
      : sentences.length === 1
        ? [`${wrong.every(isAllowed) ? 'Worth knowing' : 'One thing is wrong, though'}: ${sentences[0] ?? ''}`]
        : ['Some things are wrong, though:', ...sentences.map((sentence) => `- ${sentence}`)];
  return [
    ...marked('✓', worksSentence(report), 'good', width),
    ...intro.flatMap((text) => indented(text, width)),
    ...(wrong.length === 0 ? deadBefore(report) : []).flatMap((text) => indented(text, width)),
    ...halfTried(report, invocation.plain).flatMap((text) => indented(text, width)),
    ...unlikeProgram(report, width),
    ...(isInbound(report) ? [blank, ...reasons(report, width)] : []),
    ...(verdict.outcome === 'degraded' || isInbound(report) ? toDo(report, invocation, width) : []),
  ];
}

/** Set up by somebody on purpose, as a rule, and no fault: who looks into connections that work. */
function isAllowed({ cause }: Verdict): boolean {
  return cause === 'antivirus-intercepts-tls' || cause === 'tls-intercepted';
}

/** What holds for this diagnosis need not hold for a program of which it could not take on everything. */
function unlikeProgram({ facts }: Report, width: number): Line[] {
  const left = fact(facts, 'device.program')?.notAdopted ?? [];
  const parts = left.map(({ what, why }) => `${what === 'cgroup' ? 'control group' : what} (${clean(why, 80)})`);
  return parts.length === 0
    ? []
    : indented(`That need not hold for the program: not taken on was its ${parts.join(', ')}.`, width);
}

/** Words with which summaries begin, and no names. */
const ordinary =
  /^(?:The|A|An|All|Another|In|It|Its|No|Nobody|Nothing|Only|Packets|Port|Questions|Routers|So|Somebody|Something|That|There|This|Two|What|Your)\b/;

/** "The server …" begins with a small letter behind a colon; a name does not. */
function inSentence(text: string): string {
  return text.replace(ordinary, (word) => word.toLowerCase());
}

function failed(report: Report, options: TextOptions, width: number): Line[] {
  const named = isNamed(report);
  const culprit = culpritLine(report);
  const onward = ledOnSentence(report);
  const unmeasured = notMeasured(report);
  return [
    ...marked(named ? '✗' : '?', clean(report.verdict.summary, 300), named ? 'bad' : 'doubt', width),
    ...(culprit === null ? [] : indented(culprit, width)),
    ...(onward === null ? [] : indented(onward, width)),
    blank,
    ...drawWay(wayOf(report), width - 2).map((text) => ({ text: `  ${text}` })),
    blank,
    ...reasons(report, width),
    ...report.also.slice(0, 2).flatMap((one) => labelled('also', clean(one.summary, 300), width)),
    ...(unmeasured === null ? [] : labelled('not known', unmeasured, width)),
    ...toDo(report, options.invocation, width),
  ];
}

function marked(mark: string, sentence: string, style: Style, width: number): Line[] {
  return wrap(sentence, width - 2).map((text, i) => ({ text: `${i === 0 ? mark : ' '} ${text}`, style }));
}

function indented(text: string, width: number): Line[] {
  return wrap(text, width - 2).map((line) => ({ text: `  ${line}` }));
}

export function labelled(label: string, text: string, width: number): Line[] {
  const start = `  ${label}${' '.repeat(Math.max(1, labelWidth - columns(label)))}`;
  return wrap(text, width - columns(start)).map((line, i) => ({
    text: `${i === 0 ? start : ' '.repeat(columns(start))}${line}`,
  }));
}

/** Why we are sure, or how sure. */
function reasons(report: Report, width: number): Line[] {
  const says = report.evidence.map((evidence) => clean(evidence.says, 200)).filter((text) => text !== '');
  const shown = [...new Set(says)].slice(0, 4).join('; ');
  const otherwise = otherwiseLine(report);
  if (report.verdict.cause === 'undetermined') {
    const known = shown === '' ? otherwise : shown;
    const needed = report.verdict.advice ?? whatWouldDecide(report);
    return [
      ...(known === null ? [] : labelled('known', known, width)),
      ...labelled('unknown', clean(needed, 300), width),
    ];
  }
  return [
    ...labelled(report.verdict.certainty, shown === '' ? 'this fits what was measured' : shown, width),
    ...(otherwise === null ? [] : labelled('otherwise', otherwise, width)),
  ];
}

/** Said once, and only where it matters for this verdict. */
function notMeasured(report: Report): string | null {
  const self = fact(report.facts, 'device.self');
  if (self?.sockets !== 'plain' || report.verdict.stage !== 'connect' || report.verdict.certainty === 'proven')
    return null;
  const why = self.reason === undefined ? '' : ` (${clean(self.reason, 80)})`;
  return `who sent the refusal, and whether the packet left this device: this program could not look that deep${why}`;
}

function toDo(report: Report, invocation: Invocation | null, width: number): Line[] {
  const { verdict } = report;
  const advice = verdict.cause === 'undetermined' ? undefined : verdict.advice;
  const asRoot = invocation === null ? null : lookAsRoot(report);
  const whom = whomToTell(report);
  const meant = isInbound(report) ? null : portPerhapsMeant(report.facts.target);
  return [
    ...(advice === undefined ? [] : labelled('what to do', started(clean(advice, 400), invocation), width)),
    ...(whom === null
      ? []
      : command(tell[whom], started(`whoblocked report --for ${whom} ${asked(report)}`, invocation), width)),
    ...report.remedies.flatMap((remedy) => [blank, ...remedyLines(remedy, report, invocation, width)]),
    ...(meant === null || verdict.outcome !== 'failed' || invocation === null
      ? []
      : command('if a port was meant:', `${invocation.plain} ${meant}`, width)),
    ...(asRoot === null || invocation === null ? [] : command(asRoot, `${invocation.asRoot} ${asked(report)}`, width)),
  ];
}

/** A message with the evidence, to copy: it is sent to nobody. */
const tell: Readonly<Record<Recipient, string>> = {
  isp: 'a message for your provider:',
  admin: 'a message for whoever runs it:',
  vendor: 'a message for whoever makes it:',
};

/** What a look as root would add, or null when it would add nothing to this verdict. */
function lookAsRoot(report: Report): string | null {
  const { verdict, facts, candidates } = report;
  const self = fact(facts, 'device.self');
  if (verdict.outcome !== 'failed') return null;
  if (!self || self.root || self.platform !== 'linux' || verdict.certainty === 'proven') return null;
  if (facts['kernel.trace']?.state === 'known') return null;
  const firewalls = new Set(['local-firewall', 'app-policy', 'vpn-blocks', 'connection-redirected']);
  if (firewalls.has(verdict.cause))
    return verdict.culprit?.name === undefined && !verdict.culprit?.rule ? 'to know which one:' : 'to be surer:';
  if (verdict.cause !== 'undetermined') return null;
  return candidates.some((candidate) => firewalls.has(candidate.cause))
    ? 'to see whether this computer stops it:'
    : null;
}

/** A command keeps its line, so that it can be pasted whole. */
function command(intro: string, text: string, width: number): Line[] {
  const one = `  ${intro} ${text}`;
  return columns(one) <= width ? [{ text: one }] : [{ text: `  ${intro}` }, { text: `    ${text}` }];
}

function remedyLines(remedy: RemedyLine, report: Report, invocation: Invocation | null, width: number): Line[] {
  const warning = remedy.risk === 'high' ? 'lowers safety: ' : '';
  const sudo = remedy.needs === 'root' && fact(report.facts, 'device.self')?.root !== true;
  const paste = (text: string): Line => ({
    text: ' '.repeat(labelWidth + 2) + started(asRootIf(sudo, clean(text, 400)), invocation),
  });
  return [
    ...labelled('fix', `${warning}${clean(remedy.title, 200)}`, width),
    ...(remedy.command === undefined ? [] : [paste(remedy.command)]),
    ...(remedy.undo === undefined ? [] : [...labelled('', 'and to take it back:', width), paste(remedy.undo)]),
  ];
}

function asRootIf(needed: boolean, text: string): string {
  return needed && !/^(?:sudo|whoblocked)\s/.test(text) ? `sudo ${text}` : text;
}

/** Causes and remedies write `whoblocked …`; printed is what works for the way it was started. */
function started(text: string, invocation: Invocation | null): string {
  if (invocation === null) return text;
  return text
    .replaceAll(/\bsudo whoblocked (?=\S)/g, () => `${invocation.asRoot} `)
    .replaceAll(/(?<![\w./-])whoblocked (?=[a-z-]+ |https?:|[\w.-]+[:.])/g, () => `${invocation.plain} `);
}
