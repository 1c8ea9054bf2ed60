/** What name servers said, in a few lines each. */
import type { DirectNames, FactValues, ResolverAnswer } from '../model/facts.js';
import type { Failure } from '../model/failure.js';

export function nameLines({ answers }: DirectNames): string[] {
  return answers.map(answerLine);
}

function answerLine(answer: ResolverAnswer): string {
  const errors = answer.errors.map((error) => `, ${error.name} "${error.text}"`).join('');
  const others = (answer.others ?? [])
    .map(({ kind, addresses }) => `, then ${[kind, ...addresses].join(' ')}`)
    .join('');
  const rcode = answer.rcode === undefined ? '' : `${answer.rcode} `;
  return `${answer.resolver} ${answer.type} ${answer.transport}: ${rcode}${saidIn(answer)}${errors}${others}, ${time(answer.ms)}`;
}

function saidIn({ addresses, failure }: ResolverAnswer): string {
  if (addresses.length > 0) return addresses.join(' ');
  return failure ? failureWords(failure) : 'no address';
}

function failureWords({ code, from, raw }: Failure): string {
  return `${code}${from === undefined ? '' : ` from ${from}`}${raw === '' ? '' : ` (${raw})`}`;
}

function time(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

export const nameExperiments: {
  readonly [
    K in
      | 'name.impostor'
      | 'name.series'
      | 'name.others'
      | 'name.later'
      | 'name.authority'
      | 'name.unchecked'
      | 'name.chain'
      | 'name.caches'
      | 'name.options'
      | 'name.places'
      | 'name.ahead'
  ]: (value: FactValues[K]) => string[];
} = {
  'name.impostor': ({ hosts, near }) => [
    ...hosts.map(
      ({ address, answer, failure }) =>
        `${address}, where nobody answers: ${answer ? saidIn(answer) : failure ? failureWords(failure) : 'silent'}`,
    ),
    ...near.map(({ resolver, answeredAt, expiredFrom }) =>
      answeredAt === null
        ? `${resolver}: no answer to questions with a small hop limit`
        : `${resolver}: an answer with hop limit ${answeredAt}${expiredFrom === null ? '' : `, with which others end at ${expiredFrom}`}`,
    ),
  ],
  'name.series': (all) =>
    all.map(
      ({ address, sent, answered }) => `${address ?? ''}: ${answered} of ${sent} questions in a row were answered`,
    ),
  'name.others': (all) =>
    all.map(
      ({ about, name, answer }) =>
        `${answer.resolver}, a name ${about === 'made-up' ? `made up below ${name}` : `that others have, ${name}`}: ${saidIn(answer)}`,
    ),
  'name.later': ({ resolvers }) =>
    resolvers.map(
      ({ resolver, first, second, apartMs, software }) =>
        `${resolver}${software === undefined ? '' : ` (${software})`}: may be kept for ${first.ttl ?? '?'} s, ${time(apartMs)} later for ${second.ttl ?? '?'} s`,
    ),
  'name.authority': ({ zone, delegatedBy, servers, addressless }) => [
    `${zone}, by the word of ${delegatedBy}`,
    ...servers.map(
      ({ name, address, answers, lame }) =>
        `${name} (${address}): ${lame ?? answers.map((answer) => `${answer.type} ${saidIn(answer)}`).join(', ')}`,
    ),
    ...addressless.map((name) => `${name}: no address`),
  ],
  'name.chain': ({ resolver, anchored, links }) => [
    `by ${resolver}, ${anchored ? "from the root's own key" : "the root's key was not checked"}`,
    ...links.map(
      ({ zone, of, flaw, unsigned, denies, until }) =>
        `${zone}, ${of}: ${flaw ?? (unsigned ? 'proven to be unsigned' : denies ? `proven that there is no such ${denies}` : 'holds')}${until === undefined ? '' : `, until ${until}`}`,
    ),
  ],
  'name.unchecked': ({ answers, checked }) => [
    ...answers.map(
      ({ resolver, answer, signature }) =>
        `${resolver}, unchecked: ${saidIn(answer)}${signature ? `, signed from ${signature.from} until ${signature.until}` : ''}`,
    ),
    ...checked.map(
      ({ resolver, authentic }) => `${resolver}: ${authentic ? 'has checked the signatures' : 'has not checked'}`,
    ),
  ],
  'name.caches': ({ nscd }) => [nscd ? `nscd: ${nscd.addresses.join(' ') || 'no address'}` : 'nscd does not run'],
  'name.options': ({ tries }) =>
    tries.map(
      ({ resolver, how, said }) => `${resolver}, ${how === 'plain' ? 'without options' : how}: ${said.join(', ')}`,
    ),
  'name.places': (places) =>
    places.map(({ address, connect, tls, http }) => {
      const failure = connect.failure ?? tls?.failure ?? http?.failure;
      return `${address}: ${failure ? failureWords(failure) : 'works'}`;
    }),
  'name.ahead': ({ address, port, interference }) => [
    `${address} port ${port}: ${interference ? `${interference.trials.length} comparisons, to find who stops it` : 'nothing that a filter could have stopped'}`,
  ],
};
