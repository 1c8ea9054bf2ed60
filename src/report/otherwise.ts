import { fact, type Facts, type ReferenceTry } from '../model/facts.js';
import type { Report } from '../model/report.js';
import type { Stage } from '../model/words.js';

/** What was measured to work, in a few words: it tells the reader where not to look. Null when nothing was. */
export function otherwiseLine(report: Report): string | null {
  const { facts, verdict } = report;
  const { stage } = verdict;
  const said = new Set(report.evidence.map((evidence) => evidence.fact));
  const references = said.has('references')
    ? []
    : (fact(facts, 'references') ?? []).filter((reference) => reference.ok);
  const ownName =
    facts.target.literal === 0 && stage !== 'name' && (fact(facts, 'name.system')?.addresses.length ?? 0) > 0;
  const router = verdict.cause !== 'gateway-unreachable' && references.some((one) => one.kind === 'gateway');
  const others = othersThatWork(references, stage);
  const works = [ownName ? 'the name' : '', router ? 'your router' : '', others].filter((part) => part !== '');
  const ports = said.has('connect.ports') ? null : openPorts(report);
  const parts = [
    works.length === 0 ? '' : `${list(works)} ${works.length > 1 || others !== '' ? 'work' : 'works'}`,
    others !== '' && noNames(facts) ? 'no other name that was tried has an address here either' : '',
    ports === null ? '' : ports,
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join('; ');
}

/** Of sites by name nothing is said where only servers that are asked by their address answer. */
function othersThatWork(references: readonly ReferenceTry[], stage: Stage): string {
  const outside = references.filter(({ kind }) => kind === 'host' || kind === 'portal');
  if (outside.length === 0) return '';
  const others = outside.some(isNamed) ? 'other sites' : 'servers that are asked by their address';
  // References are asked directly: through a proxy that is dead nothing else works either.
  return stage === 'proxy' ? `${others} (without the proxy)` : others;
}

function isNamed({ name }: ReferenceTry): boolean {
  return !/^(?:[\d.]+|\[.*\]):\d+$/.test(name);
}

/** Where the same happens to the names of others, it is not about this name. */
function noNames(facts: Facts): boolean {
  const named = (fact(facts, 'references') ?? []).filter(
    (one) => one.kind !== 'gateway' && one.kind !== 'resolver' && isNamed(one),
  );
  return named.length > 0 && named.every(({ ok, failure }) => !ok && failure?.operation === 'resolve');
}

function openPorts(report: Report): string | null {
  const controls = (fact(report.facts, 'connect.ports') ?? []).flatMap((control) => control.ports);
  const open = [
    ...new Set(
      controls.filter((attempt) => attempt.failure === undefined && attempt.pending !== true).map((a) => a.port),
    ),
  ];
  if (open.length === 0) return null;
  const shown = open
    .sort((a, b) => a - b)
    .slice(0, 4)
    .map(String);
  return shown.length === 1 ? `its port ${shown[0] ?? ''} answers` : `its ports ${list(shown)} answer`;
}

/** "a, b and c" */
export function list(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
