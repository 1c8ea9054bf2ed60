import type { Facts, FactKey } from '../model/facts.js';
import type { Observed } from '../model/observed.js';
import type { Recipient } from '../model/recipient.js';
import type { Report, Verdict } from '../model/report.js';
import { shellWord } from '../model/shell-word.js';
import { clean } from './clean.js';
import { culpritLine } from './culprit.js';
import { describeFact } from './describe-fact.js';
import { element, fragment, type Markup } from './markup.js';
import { ledOnSentence } from './led-on.js';
import { isNamed } from './named.js';
import { otherwiseLine } from './otherwise.js';
import { pageStyle } from './page-style.js';
import { whomToTell } from './whom-to-tell.js';
import { wayPicture } from './way-picture.js';
import { wayOf } from './way.js';
import { whatWouldDecide } from './what-would-decide.js';
import { worksSentence } from './works.js';

/**
 * One self-contained page: no script, nothing loaded from elsewhere (the page's own policy forbids both), readable in
 * light and dark. All text from outside goes in as text nodes.
 */
export function renderHtml(report: Report): string {
  const { verdict } = report;
  const title = `whoblocked: ${clean(report.target.input, 120)}`;
  const head = element('head', {}, [
    element('meta', { charset: 'utf-8' }, []),
    element(
      'meta',
      { 'http-equiv': 'Content-Security-Policy', content: "default-src 'none'; style-src 'unsafe-inline'" },
      [],
    ),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }, []),
    element('meta', { name: 'referrer', content: 'no-referrer' }, []),
    element('title', {}, [title]),
    element('style', {}, [{ trusted: pageStyle }]),
  ]);
  const body = element('body', {}, [
    element('main', {}, [
      element('p', { class: 'target' }, [clean(report.target.input, 300)]),
      ...sentence(report),
      wayPicture(wayOf(report), verdict.outcome !== 'failed'),
      ...sure(report),
      ...remedies(report),
      ...message(report),
      ...verdicts('What else it could be', report.candidates),
      ...verdicts('Also true', report.also),
      ...details(report),
    ]),
    element('footer', {}, [
      `Measured ${clean(report.startedAt, 40)} in ${Math.round(report.elapsedMs)} ms with ${report.packets} packets by whoblocked ${clean(report.version, 20)}. `,
      'This page may hold names and addresses of your network; --redact replaces them.',
    ]),
  ]);
  return `<!doctype html>\n${fragment([element('html', { lang: 'en' }, [head, body])])}\n`;
}

function sentence(report: Report): Markup[] {
  const { verdict } = report;
  const failed = verdict.outcome === 'failed';
  const mark = !failed ? '✓' : isNamed(report) ? '✗' : '?';
  const state = !failed ? 'good' : isNamed(report) ? 'bad' : 'doubt';
  const words = failed ? clean(verdict.summary, 300) : worksSentence(report);
  const culprit = failed ? culpritLine(report) : null;
  const onward = ledOnSentence(report);
  return [
    element('h1', { class: state }, [element('span', { 'aria-hidden': 'true', class: 'mark' }, [mark]), words]),
    ...(verdict.outcome === 'degraded'
      ? [element('p', {}, [`One thing is wrong, though: ${clean(verdict.summary, 300)}`])]
      : []),
    ...(culprit === null ? [] : [element('p', { class: 'culprit' }, [culprit])]),
    ...(onward === null ? [] : [element('p', {}, [onward])]),
  ];
}

function sure(report: Report): Markup[] {
  const { verdict } = report;
  if (verdict.outcome === 'reachable') return [];
  const says = [...new Set(report.evidence.map((one) => clean(one.says, 300)).filter((text) => text !== ''))];
  const otherwise = otherwiseLine(report);
  const undetermined = verdict.cause === 'undetermined';
  const heading = undetermined ? 'What is known' : `How sure: ${verdict.certainty}`;
  const advice = verdict.advice ?? (undetermined ? whatWouldDecide(report) : undefined);
  return [
    element('section', {}, [
      element('h2', {}, [heading]),
      ...(says.length === 0
        ? []
        : [
            element(
              'ul',
              {},
              says.map((text) => element('li', {}, [text])),
            ),
          ]),
      ...(otherwise === null ? [] : [element('p', {}, [`Otherwise: ${otherwise}.`])]),
    ]),
    ...(advice === undefined
      ? []
      : [
          element('section', {}, [
            element('h2', {}, [undetermined ? 'What is not known' : 'What to do']),
            element('p', {}, [clean(advice, 400)]),
          ]),
        ]),
  ];
}

function remedies(report: Report): Markup[] {
  return report.remedies.map((remedy) =>
    element('section', { class: 'remedy' }, [
      element('h2', {}, [clean(remedy.title, 200)]),
      ...(remedy.command === undefined
        ? []
        : [element('pre', { tabindex: '0' }, [element('code', {}, [clean(remedy.command, 500)])])]),
      ...(remedy.undo === undefined
        ? []
        : [element('p', {}, ['Undo: ', element('code', {}, [clean(remedy.undo, 500)])])]),
    ]),
  );
}

const makers: Readonly<Record<Recipient, string>> = {
  isp: 'A message for your provider',
  admin: 'A message for whoever runs it',
  vendor: 'A message for whoever makes it',
};

/** The command that writes it, of the saved report or anew: it is sent to nobody. */
function message(report: Report): Markup[] {
  const whom = whomToTell(report);
  if (whom === null) return [];
  const command = `whoblocked report --for ${whom} ${shellWord(clean(report.target.input, 300))}`;
  return [
    element('section', { class: 'remedy' }, [
      element('h2', {}, [makers[whom]]),
      element('pre', { tabindex: '0' }, [element('code', {}, [command])]),
    ]),
  ];
}

function verdicts(title: string, list: readonly Verdict[]): Markup[] {
  if (list.length === 0) return [];
  const items = list.map((one) =>
    element('li', {}, [
      `${clean(one.summary, 300)} `,
      element('small', {}, [clean(`${one.cause}, ${one.certainty}`, 80)]),
    ]),
  );
  return [element('section', {}, [element('h2', {}, [title]), element('ol', {}, items)])];
}

function details(report: Report): Markup[] {
  const ruledOut = report.ruledOut.map((one) => [one.cause, clean(one.because, 300)] as const);
  const unknown = report.unknown.map((one) => [one.cause, clean(one.missing, 300)] as const);
  return [
    ...table('Ruled out', ['Cause', 'Because'], ruledOut),
    ...table('Not known', ['Cause', 'Missing'], unknown),
    ...table('Measured', ['Fact', 'What it showed'], measured(report.facts)),
  ];
}

function measured(facts: Facts): (readonly [string, string])[] {
  return Object.entries(facts).flatMap(([key, observed]) => {
    if (key === 'target') return [];
    const one = observed as Observed<unknown>;
    if (one.state === 'skipped') return [[key, `not measured: ${clean(one.why, 200)}`] as const];
    if (one.state === 'failed') return [[key, `failed: ${one.failure.code} (${clean(one.failure.raw, 200)})`] as const];
    return [
      [
        key,
        describeFact(facts, key as FactKey)
          .map((line) => clean(line, 300))
          .join('\n'),
      ] as const,
    ];
  });
}

function table(title: string, heads: readonly string[], rows: readonly (readonly [string, string])[]): Markup[] {
  if (rows.length === 0) return [];
  const head = element(
    'tr',
    {},
    heads.map((text) => element('th', { scope: 'col' }, [text])),
  );
  const body = rows.map(([name, text]) =>
    element('tr', {}, [element('th', { scope: 'row' }, [clean(name, 80)]), element('td', {}, [text])]),
  );
  return [
    element('details', {}, [
      element('summary', {}, [`${title} (${rows.length})`]),
      // Wide tables scroll by themselves, by keyboard too.
      element('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': title }, [
        element('table', {}, [element('thead', {}, [head]), element('tbody', {}, body)]),
      ]),
    ]),
  ];
}
