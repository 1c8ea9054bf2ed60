import { hostPort } from '../model/address.js';
import { fact, type ConnectTry, type Facts, type HopFact } from '../model/facts.js';
import type { Report } from '../model/report.js';

const mostTries = 4;
const mostHops = 20;

/** What somebody looks for in logs and captures of their own: when, from where to where, and what came back. */
export function triesOf({ startedAt, facts }: Report): string[] {
  const observed = facts.connect;
  if (observed?.state !== 'known') return [];
  const at = Date.parse(startedAt) + observed.at;
  const begun = Number.isFinite(at) ? `${new Date(at).toISOString()} and after` : startedAt;
  return observed.value.slice(0, mostTries).map(({ address, port, first, repeats }) => {
    const again = repeats.length === 0 ? '' : `, ${repeats.length === 1 ? 'once' : `${repeats.length} times`} more: ${endOf(repeats.at(-1) ?? first)}`; // prettier-ignore
    return `TCP ${fromOf(first)}to ${hostPort(address, port)}, ${begun}: ${endOf(first)}${again}`;
  });
}

function fromOf({ localAddress, localPort }: ConnectTry): string {
  return localAddress === null ? '' : `from ${localPort === null ? localAddress : hostPort(localAddress, localPort)} `;
}

function endOf({ failure, icmp, ms, tcp }: ConnectTry): string {
  const said = icmp?.[0];
  if (failure === undefined) return `open after ${Math.round(ms)} ms`;
  if (said !== undefined)
    return `${failure.code}, by ICMP type ${said.type} code ${said.code}${said.from === null ? '' : ` from ${said.from}`}`;
  const packets =
    tcp === null
      ? ''
      : `, ${tcp.segmentsOut} ${tcp.segmentsOut === 1 ? 'packet' : 'packets'} sent and ${tcp.segmentsIn} received`;
  return `${failure.code} after ${Math.round(ms)} ms${packets}`;
}

/** The way as it answered, in one line for each address. */
export function waysOf(facts: Facts): string[] {
  return (fact(facts, 'path') ?? []).slice(0, 2).flatMap(({ address, port, hops, reachedAt }) => {
    const shown = hops.slice(0, mostHops).map(hopText);
    if (shown.length === 0) return [];
    const end = reachedAt === null ? 'the target itself did not answer' : `the target answers at hop ${reachedAt}`;
    return [`the way to ${hostPort(address, port)}, by hops: ${shown.join(', ')}; ${end}`];
  });
}

function hopText({ ttl, address, ms }: HopFact): string {
  return address === null ? `${ttl} silent` : `${ttl} ${address}${ms === null ? '' : ` (${ms.toFixed(1)} ms)`}`;
}
