import { domainToUnicode } from 'node:url';
import { parkingNetworks } from '../../data/names/parking.js';
import { hostPort, inPrefix } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type MeantNames, type NameSlip } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { schemeOf } from '../../model/schemes.js';
import type { Target } from '../../model/target.js';
import { directOpinions, notYet, referenceWord } from '../names/answers.js';

type Candidate = MeantNames['candidates'][number];

/**
 * The name that was typed does not exist, or is only parked, and a well-known one that exists is a slip of the keyboard
 * away. What somebody meant is never certain.
 */
export const cause: Cause = {
  id: 'mistyped-name',
  side: 'target',
  stage: 'target',
  title: 'The name is mistyped',
  symptoms: [
    ...symptoms('resolve', 'not-found'),
    ...symptoms('exchange', 'nxdomain', 'no-data'),
    ...symptoms('connect', 'refused', 'timed-out'),
    ...symptoms('tls', 'name-mismatch', 'closed', 'reset'),
  ],
  needs: ['name.direct', 'name.reference', 'name.meant'],
  judge(attempt, scene): Finding {
    const { facts } = scene;
    if (facts.target.literal !== 0) return { says: 'ruledOut', because: 'an address was typed, no name', facts: [] };
    if (attempt.hop > 0)
      return { says: 'ruledOut', because: 'a redirect gave this name, nobody typed it', facts: ['redirects'] };
    const parker = attempt.stage === 'name' ? undefined : parkedBy(attempt.address);
    const open = attempt.stage === 'name' ? notMissing(scene) : parker === undefined ? ordinary : null;
    if (open) return open;
    const meant = fact(facts, 'name.meant');
    if (!meant) return { says: 'unknown', missing: notYet(facts, 'name.meant') };
    const [first] = meant.candidates.filter(({ addresses }) => addresses.length > 0);
    if (first) return mistyped(attempt, first, parker, scene);
    return meant.candidates.some(({ failure }) => failure !== undefined && failure.code !== 'not-found')
      ? { says: 'unknown', missing: [], because: 'whether a name near it exists could not be found out' }
      : { says: 'ruledOut', because: 'no well-known name that exists is near it', facts: ['name.meant'] };
  },
};

const ordinary: Finding = { says: 'ruledOut', because: 'the name leads to an ordinary address', facts: ['connect'] };

/** The company whose parked names are served from there. */
function parkedBy(address: string | null): string | undefined {
  return address === null ? undefined : parkingNetworks.find(({ prefix }) => inPrefix(address, prefix))?.by;
}

/** Null when the resolvers say that there is no such name, and nobody says otherwise. */
function notMissing({ facts }: Scene): Finding | null {
  if (fact(facts, 'name.system'))
    return { says: 'ruledOut', because: 'this computer finds an address for the name', facts: ['name.system'] };
  if (!fact(facts, 'name.direct')) return { says: 'unknown', missing: notYet(facts, 'name.direct') };
  const opinions = directOpinions(facts);
  const exists = opinions.find(({ word }) => word === 'addresses' || word === 'no-data');
  if (exists)
    return { says: 'ruledOut', because: `${exists.resolver} says that the name exists`, facts: ['name.direct'] };
  const reference = referenceWord(facts);
  if (reference?.word === 'addresses' || reference?.word === 'no-data') {
    return {
      says: 'ruledOut',
      because: `other resolvers know the name (${reference.opinions[0]?.resolver})`,
      facts: ['name.reference'],
    };
  }
  return opinions.some(({ word }) => word === 'nxdomain')
    ? null
    : {
        says: 'unknown',
        missing: notYet(facts, 'name.reference'),
        because: 'no resolver says that the name does not exist',
      };
}

function mistyped(
  attempt: FailedAttempt,
  { name, slip, addresses }: Candidate,
  parker: string | undefined,
  { facts }: Scene,
): Finding {
  const typed = attempt.host;
  const shown = typed.includes('xn--') ? domainToUnicode(typed) : typed;
  const url = urlWith(name, facts.target);
  const other = shown === typed ? '' : ` ("${shown}" on the screen)`;
  const evidence: Evidence[] = [
    { fact: 'name.meant', says: `${name} exists (${addresses[0]}), and ${words[slip]}` },
    ...(parker === undefined
      ? [{ fact: 'name.direct' as const, says: `${typed} does not exist` }]
      : [
          {
            fact: 'connect' as const,
            says: `${typed} leads to ${attempt.address}, where ${parker} keeps names that nobody uses`,
          },
        ]),
  ];
  return {
    says: 'fits',
    // Two slips at once are rarer than a name that is simply gone.
    weight: slip === 'several' ? 0.72 : 0.9,
    atMost: 'likely',
    ...(parker === undefined ? { missing: notYet(facts, 'name.reference') } : {}),
    culprit: { kind: 'zone', name },
    summary:
      parker === undefined
        ? `There is no such name as ${typed}${other}: ${name} is probably meant.`
        : `The name ${typed} is only parked: ${name} is probably meant.`,
    advice: `use ${url}${slip === 'look-alike' ? ', and do not trust whoever gave you the other one' : ''}`,
    evidence,
  };
}

/** What was typed differs from it by that. */
const words: Readonly<Record<NameSlip, string>> = {
  swapped: 'differs only by two letters that changed places',
  missing: 'differs only by a letter that is missing',
  'missing-dot': 'differs only by a dot that is missing',
  extra: 'differs only by a letter too many',
  doubled: 'differs only by a letter that is doubled',
  'neighbour-key': 'differs only by one key beside the right one',
  'other-letter': 'differs only by one letter',
  several: 'differs only by two letters',
  ending: 'differs only by its ending',
  www: 'differs only in its "www"',
  'look-alike': 'differs only by letters that look the same',
};

/** What was typed, with the other name in it. */
function urlWith(name: string, { input, scheme, port, portGiven, path }: Target): string {
  if (!input.includes('://')) return `${portGiven ? hostPort(name, port) : name}${path === '/' ? '' : path}`;
  const usual = schemeOf(scheme)?.port === port;
  return `${scheme}://${portGiven && !usual ? hostPort(name, port) : name}${path}`;
}
