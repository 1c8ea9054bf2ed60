/** What makes each look-up of a name slow although it ends well: nobody sees why it takes so long. */
import type { Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { directOpinions, resolverCulprit, sideOfResolver } from './answers.js';

type Beside = Finding & { readonly says: 'fits' };

/** Less than that is no wait for somebody who does not answer: resolv.conf(5) has 5 s, and nobody sets less than 1. */
const leastMs = 900;

/** A name server that keeps silent stands before the one that answers: getaddrinfo asks one after the other. */
export function waitsForSilent(facts: Facts): Beside | null {
  const system = facts['name.system'];
  if (system?.state !== 'known' || system.ms < leastMs) return null;
  const opinions = directOpinions(facts);
  const answering = opinions.findIndex(({ word }) => word !== 'unheard');
  const rotates = rotatesServers(facts);
  const silent = opinions
    .slice(0, answering < 0 ? 0 : rotates ? opinions.length : answering)
    .filter(({ answers }) => answers.every(({ failure }) => failure?.code === 'timed-out'))
    // One that answered a moment later loses packets, and is not off.
    .filter(({ resolver }) => !fact(facts, 'name.series')?.some((one) => one.address === resolver && one.answered > 0));
  const [first] = silent;
  if (!first) return null;
  // Asked once more the system answered at once: a packet may have got lost, unless a whole series of questions stays silent.
  const series = fact(facts, 'name.series')?.find((one) => one.address === first.resolver);
  if (system.value.silentMs !== undefined && !(series && series.sent > 0)) return null;
  const culprit = resolverCulprit(first.resolver, facts);
  const all = silent.map(({ resolver }) => resolver).join(' and ');
  return {
    says: 'fits',
    stage: 'name',
    side: sideOfResolver(first.resolver, facts),
    culprit,
    summary: `The name server ${all} does not answer, and ${rotates ? 'each look-up of a name that begins with it (options rotate) waits for it' : 'each look-up of a name first waits for it'} (${seconds(system.ms)} this time).`,
    advice: `set another name server in its place${culprit.location === undefined ? '' : ` (${culprit.location})`}, or put one that answers before it`,
    evidence: [{ fact: 'name.direct', says: `${all} keeps silent, asked directly and twice` }],
  };
}

/** glibc then begins each look-up with another one of them; musl does not know the word. */
function rotatesServers(facts: Facts): boolean {
  const config = fact(facts, 'name.config');
  return config?.libc !== 'musl' && config?.options?.some(({ word }) => word === 'rotate') === true;
}

/** More than direct questions wait: none of them was answered, and the system's own was in the end. */
const longestDirectMs = 2_000;
/** From then on getaddrinfo has asked again (resolv.conf(5)): the first question may have been lost. */
const askedAgainMs = 4_900;

/** The only one that was asked answers, and takes so long that a diagnosis hardly waits for it. */
export function answersLate(facts: Facts): Beside | null {
  const system = facts['name.system'];
  if (system?.state !== 'known' || system.value.silentMs !== undefined) return null;
  if (system.ms < longestDirectMs || system.ms >= askedAgainMs) return null;
  const opinions = directOpinions(facts);
  const [only] = opinions;
  if (!only || opinions.length > 1 || !only.answers.every(({ failure }) => failure?.code === 'timed-out')) return null;
  return {
    says: 'fits',
    stage: 'name',
    side: sideOfResolver(only.resolver, facts),
    culprit: resolverCulprit(only.resolver, facts),
    summary: `The name server ${only.resolver} is slow: it takes some ${seconds(system.ms)} to answer, and whatever looks up a name waits for it.`,
    advice: 'set another name server, or ask whoever runs this one',
    evidence: [
      { fact: 'name.system', says: `the name was found after ${seconds(system.ms)}` },
      {
        fact: 'name.direct',
        says: `${only.resolver}, asked directly, gave no answer within ${seconds(longestDirectMs)}`,
      },
    ],
  };
}

/** It answers for one kind of address and keeps silent about the other: programs that ask for both wait for both. */
export function waitsForOtherFamily(facts: Facts): Beside | null {
  const unanswered = fact(facts, 'name.system')?.unanswered;
  if (unanswered === undefined) return null;
  const { resolver, family } = unanswered;
  const other = `IPv${family === 6 ? 4 : 6}`;
  return {
    says: 'fits',
    stage: 'name',
    side: sideOfResolver(resolver, facts),
    culprit: resolverCulprit(resolver, facts),
    summary: `Questions for IPv${family} addresses get no answer from the name server ${resolver}: most programs wait 10 s and more for it with each name, then go on with ${other}.`,
    advice: 'set another name server, or ask whoever runs this one',
    evidence: [
      { fact: 'name.direct', says: `${resolver} answers for ${other} addresses, and keeps silent about IPv${family}` },
    ],
  };
}

function seconds(ms: number): string {
  return `${Math.max(1, Math.round(ms / 1000))} s`;
}

/** It failed, and held when it was asked once more: which of those asked had failed does not show any more. */
export function failedAtFirst(facts: Facts): Beside | null {
  const failure = fact(facts, 'name.system')?.failedFirst;
  const [first] = directOpinions(facts);
  if (!failure || !first) return null;
  return {
    says: 'fits',
    stage: 'name',
    side: sideOfResolver(first.resolver, facts),
    culprit: resolverCulprit(first.resolver, facts),
    summary: `The first look-up of the name failed (${failure.raw}), the second one held: a name server, or one that it asks in turn, failed for a moment.`,
    advice: 'if it comes back, run this while it fails, or set another name server',
    evidence: [{ fact: 'name.system', says: `the system failed once (${failure.raw}) and then gave addresses` }],
  };
}
