import { canonical, scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding } from '../../model/cause.js';
import { type AddressProbe, fact, type Facts, type HostsLine } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { directOpinions, notYet, type Opinion } from '../names/answers.js';
import { stoppedConnection } from '../evidence/stopped-packets.js';

/** A line of the hosts file gives the name another address than its owner publishes, and that address is the one that fails. */
export const cause: Cause = {
  id: 'hosts-file-override',
  side: 'this-device',
  stage: 'name',
  title: 'A line in the hosts file of this computer leads the name elsewhere',
  symptoms: [
    ...symptoms('resolve', 'useless-address'),
    ...stoppedConnection,
    ...symptoms('connect', 'invalid-route'),
    ...symptoms('tls'),
    ...symptoms('http'),
    ...symptoms('service'),
  ],
  needs: ['name.hosts', 'name.config', 'name.direct', 'connect.elsewhere'],
  remedies: ['comment-hosts-line'],
  falsifies: true,
  judge(attempt, { facts }): Finding {
    const { target } = facts;
    if (attempt.hop === 0 && target.literal !== 0)
      return { says: 'ruledOut', because: 'an address was typed, no name', facts: [] };
    if (attempt.host !== target.host)
      return {
        says: 'unknown',
        missing: [],
        because: 'the hosts file was not read for the name that a redirect leads to',
      };
    const hosts = fact(facts, 'name.hosts');
    if (!hosts) return { says: 'unknown', missing: notYet(facts, 'name.hosts') };
    const lines = hosts.filter((line) => leadsTo(line, attempt));
    const [line] = lines;
    if (!line)
      return {
        says: 'ruledOut',
        because: 'no line of the hosts file gives that address for the name',
        facts: ['name.hosts'],
      };
    const order = fact(facts, 'name.config')?.order ?? [];
    if (order.length > 0 && !order.includes('files'))
      return { says: 'ruledOut', because: 'this computer does not use its hosts file', facts: ['name.config'] };
    return overriding(line, attempt, facts);
  },
};

/** Whether glibc gives the attempt's address out of this line (nss_files: a mapped address is IPv4, and ::1 gives 127.0.0.1 too). */
function leadsTo({ address }: HostsLine, attempt: FailedAttempt): boolean {
  const given = canonical(address);
  if (attempt.stage === 'name') return scopeOf(given) === 'unspecified';
  const tried = attempt.address === null ? '' : canonical(attempt.address);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(given)?.[1] ?? mappedInWords(given);
  return tried === given || tried === mapped || (given === '::1' && tried === '127.0.0.1');
}

/** `::ffff:c633:6463` is 198.51.100.99. */
function mappedInWords(address: string): string | null {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address) ?? [];
  if (high === undefined || low === undefined) return null;
  const words = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return words.flatMap((word) => [word >> 8, word & 255]).join('.');
}

function overriding(line: HostsLine, attempt: FailedAttempt, facts: Facts): Finding {
  if (!fact(facts, 'name.direct'))
    return {
      says: 'unknown',
      missing: notYet(facts, 'name.direct'),
      because: 'what DNS gives for the name is not known',
    };
  const opinions = directOpinions(facts).filter(({ word }) => word !== 'unheard' && word !== 'fails');
  if (opinions.length === 0)
    return { says: 'unknown', missing: [], because: 'what DNS gives for the name is not known' };
  const same = opinions.find(({ addresses, word }) =>
    attempt.stage === 'name' ? word === 'useless' : addresses.some((address) => leadsTo({ ...line, address }, attempt)),
  );
  if (same) return { says: 'ruledOut', because: `DNS gives the same (${same.resolver})`, facts: ['name.direct'] };
  const published = [
    ...new Set(opinions.filter(({ word }) => word === 'addresses').flatMap(({ addresses }) => addresses)),
  ];
  if (published.length === 0)
    return {
      says: 'ruledOut',
      because: 'without that line the name would have no address at all',
      facts: ['name.direct'],
    };
  return judged(line, published, opinions, attempt, facts);
}

function judged(
  line: HostsLine,
  published: readonly string[],
  opinions: readonly Opinion[],
  attempt: FailedAttempt,
  facts: Facts,
): Finding {
  const evidence: Evidence[] = [
    { fact: 'name.hosts', says: `${line.location} gives ${line.address} for ${attempt.host}` },
    { fact: 'name.direct', says: `DNS gives ${published.slice(0, 3).join(', ')} (${opinions[0]?.resolver})` },
  ];
  const common = {
    stage: 'name',
    culprit: { kind: 'file', name: line.text, location: line.location, address: line.address },
    summary: `A line in this computer's hosts file (${line.location}) sends ${attempt.host} to ${line.address}, which is not where it is.`,
    advice: `remove that line, or put "#" before it: ${line.location}`,
    evidence,
  } as const;
  const config = fact(facts, 'name.config');
  if (attempt.stage === 'name') {
    // Two ways of asking for one name, and only the one by the file gives nothing.
    const fileFirst =
      config !== undefined && config.order.includes('files') && !comesBefore('dns', 'files', config.order);
    return fileFirst
      ? { says: 'proven', ...common }
      : { says: 'fits', weight: 0.9, missing: notYet(facts, 'name.config'), ...common };
  }
  const elsewhere = (fact(facts, 'connect.elsewhere') ?? []).filter((probe) =>
    published.includes(canonical(probe.address)),
  );
  const well = elsewhere.find((probe) => probe.port === attempt.port && holds(probe));
  if (well) {
    evidence.push({
      fact: 'connect.elsewhere',
      says: `the same port at ${well.address}, which DNS gives, does answer`,
    });
    // For what comes after the connection, an open port elsewhere is no proof that it would go well there.
    return attempt.stage === 'connect' && config
      ? { says: 'proven', ...common }
      : { says: 'fits', weight: 0.8, ...common };
  }
  if (elsewhere.length > 0)
    return { says: 'unknown', missing: [], because: 'the addresses that DNS gives do not answer either' };
  return { says: 'fits', weight: 0.6, missing: notYet(facts, 'connect.elsewhere'), ...common };
}

function holds({ first, repeats }: AddressProbe): boolean {
  return [first, ...repeats].some(({ failure, pending }) => !failure && pending !== true);
}

function comesBefore(one: string, other: string, order: readonly string[]): boolean {
  return order.includes(one) && order.indexOf(one) < order.indexOf(other);
}
