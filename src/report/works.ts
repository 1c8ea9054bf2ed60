import { hostPort } from '../model/address.js';
import { fact } from '../model/facts.js';
import type { Facts, HttpTry } from '../model/facts.js';
import type { Report } from '../model/report.js';
import { shellWord } from '../model/shell-word.js';
import { clean } from './clean.js';
import { targetName } from './culprit.js';
import { isInbound } from './inbound.js';

/** "shop.example works: answered in 31 ms (HTTP 200, certificate valid until 2027-02-11)." */
export function worksSentence(report: Report): string {
  const { target, facts } = report;
  if (isInbound(report)) return clean(report.verdict.summary, 300);
  const usual = (target.scheme === 'https' && target.port === 443) || (target.scheme === 'http' && target.port === 80);
  const name = usual ? target.host : targetName(report);
  const http = answered(facts);
  const ms = answerTime(facts, http);
  const details = [httpDetail(http), certificateDetail(facts), greetingDetail(facts)].filter((part) => part !== '');
  const time = ms === null ? '' : `: answered in ${ms} ms`;
  return `${clean(name, 80)} works${throughProxy(facts)}${time}${details.length === 0 ? '' : ` (${details.join(', ')})`}.`;
}

/** Addresses that stayed silent and come before the one that answered: programs try one after the other. */
export function deadBefore({ facts }: Report): string[] {
  const probes = fact(facts, 'connect') ?? [];
  const order = fact(facts, 'name.system')?.addresses ?? [];
  const works = (address: string): boolean =>
    probes.some((probe) => probe.address === address && probe.first.failure === undefined);
  const silent = order.slice(0, Math.max(0, order.findIndex(works))).flatMap((address) => {
    const first = probes.find((probe) => probe.address === address)?.first;
    return first?.failure?.code === 'timed-out' ? [{ address, ms: Math.round(first.ms) }] : [];
  });
  const [one] = silent;
  if (!one) return [];
  const all = silent.map(({ address }) => clean(address, 60)).join(' and ');
  return [
    silent.length === 1
      ? `Its address ${all}, which comes first here, did not answer within ${one.ms} ms: programs that try one address after the other wait for it.`
      : `Its addresses ${all}, which come first here, did not answer within ${one.ms} ms: programs that try one address after the other wait for them.`,
  ];
}

/** An open port of the web is half of the answer: whoever asks for a page wants the rest. */
export function halfTried({ target }: Report, command: string): string[] {
  const scheme = { 443: 'https', 80: 'http' }[target.port];
  if (target.scheme !== 'tcp' || scheme === undefined) return [];
  const url = shellWord(`${scheme}://${hostPort(target.host, 0).replace(/:0$/, '')}`);
  return [`Only the port was tried. Whether a page comes: ${command} ${url}`];
}

function throughProxy(facts: Facts): string {
  const server = fact(facts, 'proxy.way')?.setting.server;
  return server ? ` through the proxy ${clean(hostPort(server.host, server.port), 60)}` : '';
}

/** The answer that counts: the last one of a chain of redirects. */
function answered(facts: Facts): HttpTry | undefined {
  const hops = fact(facts, 'redirects') ?? [];
  const last = hops.findLast((hop) => hop.http !== undefined && hop.http.failure === undefined);
  return last?.http ?? (fact(facts, 'http') ?? []).find((attempt) => attempt.failure === undefined);
}

/** From the first packet of the connection to the answer, in whole milliseconds. */
function answerTime(facts: Facts, http: HttpTry | undefined): number | null {
  const probes = fact(facts, 'connect') ?? fact(facts, 'proxy.way')?.connect ?? [];
  const connected =
    probes.find((probe) => probe.address === http?.address) ??
    probes.find((probe) => probe.first.failure === undefined);
  const tries = connected ? [connected.first, ...connected.repeats] : [];
  const connect = tries.find((attempt) => attempt.failure === undefined);
  if (!connect) return null;
  // Behind a proxy nobody sees an address: all that was asked goes by the one connection to it.
  const way = fact(facts, 'proxy.way');
  const asked = way && (way.tunnels.at(-1)?.ms ?? 0);
  const tls = (fact(facts, 'tls') ?? []).find(
    (attempt) => (attempt.address === connect.address || asked !== undefined) && attempt.failure === undefined,
  );
  const direct = http?.address === connect.address || asked !== undefined ? (http?.ms ?? 0) : 0;
  return Math.max(1, Math.round(connect.ms + (asked ?? 0) + (tls?.ms ?? 0) + direct));
}

function httpDetail(http: HttpTry | undefined): string {
  return http?.status === undefined ? '' : http.status === 101 ? 'the WebSocket opened' : `HTTP ${http.status}`;
}

function certificateDetail(facts: Facts): string {
  const tls = (fact(facts, 'tls') ?? []).find(
    (attempt) => attempt.failure === undefined && attempt.faults.length === 0,
  );
  const end = tls?.chain[0]?.notAfter;
  const time = end === undefined ? Number.NaN : Date.parse(end);
  return Number.isNaN(time) ? '' : `certificate valid until ${new Date(time).toISOString().slice(0, 10)}`;
}

function greetingDetail(facts: Facts): string {
  const greeting = (fact(facts, 'greeting') ?? []).find((attempt) => attempt.failure === undefined);
  if (!greeting) return '';
  if (greeting.protocol !== null) return `it speaks ${clean(greeting.protocol, 20)}`;
  return greeting.silent ? 'it waits for the client to speak first' : '';
}
