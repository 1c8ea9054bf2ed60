/**
 * An option of resolv.conf(5) has this computer ask in a way that its name server does not answer, or not wait for its answer.
 * The experiment (`name.options`) changes that option alone.
 */
import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding } from '../../model/cause.js';
import { fact, type Facts, type NameConfig } from '../../model/facts.js';
import type { NameOptions, OptionTry, ResolverOption } from '../../model/name-facts.js';
import { directOpinions, notYet } from './answers.js';

/** resolv.conf(5), of a file that says nothing of it. */
const usual = { timeout: 5, attempts: 2 } as const;
const leastTries = 3;
/** Of more that get lost the second question would too often be one of them: then the loss is what breaks it. */
const mostLost = 0.6;

/** Null where no option has a part in it. */
export function optionBreaks(attempt: FailedAttempt, facts: Facts): Finding | null {
  const config = fact(facts, 'name.config');
  const options = config?.options?.filter(({ word }) => mayBreak(word, config)) ?? [];
  if (!config || options.length === 0 || attempt.protocol === 'dns') return null;
  if (attempt.hop > 0 || attempt.host !== facts.target.host) return null;
  // systemd-resolved reads them by itself, and asks in its own way.
  if (config.order.includes('resolve')) return null;
  const direct = fact(facts, 'name.direct');
  if (!direct) return { says: 'unknown', missing: notYet(facts, 'name.direct') };
  const opinions = directOpinions(facts);
  const late = opinions.some(({ answers }) => answers.some(({ failure }) => failure?.code === 'timed-out'));
  if (!late && !opinions.some(({ word }) => word === 'addresses')) return null;
  const measured = fact(facts, 'name.options');
  if (!measured)
    return facts['name.options'] === undefined
      ? { says: 'unknown', missing: ['name.options'], because: 'it was not asked as the options of the file say' }
      : null;
  return byWayOfAsking(config, options, measured) ?? byWaiting(config, options, measured);
}

function mayBreak(word: ResolverOption['word'], { libc }: NameConfig): boolean {
  if (word === 'rotate') return false;
  return libc !== 'musl' || word === 'timeout' || word === 'attempts';
}

const isGiven = (said: string): boolean => said === 'addresses';
/** A code of an answer (RFC 1035 4.1.1): the name server's own word on how it was asked. */
const isCode = (said: string): boolean => /^[A-Z]+$/.test(said) && said !== 'NXDOMAIN';

const wayWords = {
  'use-vc': { has: 'has every name asked for over TCP', not: 'over UDP it does' },
  edns0: { has: 'has every question sent with an extension (EDNS)', not: 'without it, it does' },
  'trust-ad': { has: 'has every question ask for a checked answer (AD)', not: 'without that, it does' },
} as const;

function byWayOfAsking(config: NameConfig, options: readonly ResolverOption[], { tries }: NameOptions): Finding | null {
  for (const option of options) {
    const { word } = option;
    if (word !== 'use-vc' && word !== 'edns0' && word !== 'trust-ad') continue;
    const asked = tries.filter(({ how, said }) => how === word && said.length >= leastTries);
    // With any answer to a question that was asked so, the option is not what keeps the name from being found.
    if (asked.some(({ said }) => said.some(isGiven))) continue;
    const [one] = asked.filter((other) => isSound(plainOf(other.resolver, tries)));
    if (!one) continue;
    const told = [...new Set(one.said)].join(', ');
    const { has, not } = wayWords[word];
    const finding = {
      stage: 'name',
      culprit: { kind: 'setting', name: `options ${word}`, location: option.location },
      summary: `A setting of this computer (options ${word}, ${option.location}) ${has}, and its name server ${one.resolver} does not answer that; ${not}.`,
      advice: adviceFor(word, option, config),
      evidence: [
        {
          fact: 'name.options',
          says: `${one.resolver}, asked ${one.said.length} times as that option says: ${told}; asked in turns with it and without the option: the address, each time`,
        },
      ],
    } as const;
    // Its own word on that way of asking; over TCP a firewall between may have swallowed or refused it as well.
    if (word !== 'use-vc' && asked.every(({ said }) => said.every(isCode))) return { says: 'proven', ...finding };
    return { says: 'fits', weight: 0.9, atMost: 'likely', ...finding };
  }
  return null;
}

function plainOf(resolver: string, tries: readonly OptionTry[]): OptionTry | undefined {
  return tries.find((one) => one.how === 'plain' && one.resolver === resolver);
}

function isSound(plain: OptionTry | undefined): boolean {
  return plain !== undefined && plain.said.length >= leastTries && plain.said.every(isGiven);
}

function byWaiting(config: NameConfig, options: readonly ResolverOption[], { tries }: NameOptions): Finding | null {
  const timeout = options.findLast(({ word }) => word === 'timeout');
  const attempts = options.findLast(({ word }) => word === 'attempts');
  const seconds = Math.max(1, timeout?.value ?? usual.timeout);
  const times = Math.max(1, attempts?.value ?? usual.attempts);
  const plain = tries.filter(({ how }) => how === 'plain');
  const [one] = plain;
  // Of several, one after the other is asked: how long each is waited for hangs on the others.
  if (!one || plain.length > 1 || one.said.length < leastTries) return null;
  const written = [timeout, attempts].flatMap((option) => (option ? `${option.word}:${option.value}` : [])).join(' ');
  const where = (attempts ?? timeout)?.location ?? config.file.path;
  const common = {
    stage: 'name',
    culprit: { kind: 'setting', name: `options ${written}`, location: where },
    advice: adviceFor(written, { location: where }, config),
  } as const;
  // glibc doubles the time with each try (resolv/res_send.c), and takes a late answer to an earlier one.
  const patience = seconds * (2 ** times - 1);
  const usualPatience = usual.timeout * (2 ** usual.attempts - 1);
  const quickest = one.quickestMs ?? 0;
  if (one.said.every(isGiven) && patience < usualPatience && quickest > patience * 1_000)
    return {
      says: 'fits',
      weight: 0.9,
      atMost: 'likely',
      ...common,
      summary: `A setting of this computer (options ${written}, ${where}) has it wait only ${patience} s for the answer to a name, and its name server ${one.resolver} takes ${(quickest / 1000).toFixed(1)} s and more.`,
      evidence: [
        {
          fact: 'name.options',
          says: `${one.resolver} gave the address ${one.said.length} times of ${one.said.length}, the soonest after ${(quickest / 1000).toFixed(1)} s`,
        },
      ],
    };
  const lost = one.said.filter((said) => said === 'silent').length;
  const given = one.said.filter(isGiven).length;
  if (times > 1 || lost === 0 || lost + given < one.said.length || lost / one.said.length > mostLost) return null;
  return {
    says: 'fits',
    weight: 0.85,
    atMost: 'likely',
    ...common,
    summary: `A setting of this computer (options ${written}, ${where}) has it ask for a name only once, and ${lost} of ${one.said.length} questions to its name server ${one.resolver} get no answer: each of these is a name that is not found.`,
    evidence: [
      {
        fact: 'name.options',
        says: `of ${one.said.length} questions to ${one.resolver}, each sent once, ${given} were answered; a computer without that setting asks again`,
      },
    ],
  };
}

/** Who writes the file says so in a comment of it, as NetworkManager, resolvconf and systemd-resolved do. */
function adviceFor(words: string, { location }: Pick<ResolverOption, 'location'>, { notes, file }: NameConfig): string {
  const writer = (notes ?? []).flatMap(
    (note) => /(?:generated|managed) by (?:man:)?(?!the\b)([\w.-]{2,40})/i.exec(note)?.[1] ?? [],
  )[0];
  const out = `take "${words}" out of ${location}`;
  if (!location.startsWith(file.path))
    return `${out} (env shows it; look in the files of your shell and session for where it is set)`;
  if (writer !== undefined)
    return `${out}; that file is written by ${writer}, so take it out of the settings of that program`;
  return file.link === null
    ? out
    : `${out}; that file is a link to ${file.link}: whatever writes that one has the setting`;
}
