import { hostPort } from '../../model/address.js';
import type { JointVerdict, Vantage } from '../../model/comparison.js';
import type { Verdict } from '../../model/report.js';
import { certainties, type Certainty } from '../../model/words.js';

/** What differs between looks that work and looks that do not. Pure: the same reports always give the same verdict. */
export function judgeComparison(vantages: readonly Vantage[]): JointVerdict {
  const working = vantages.filter(works);
  const failing = vantages.filter((one) => !works(one));
  if (failing.length === 0) return allWork(vantages);
  if (working.length === 0) return allFail(failing);
  return someFail(working, failing);
}

export function works({ report }: Vantage): boolean {
  return report.verdict.outcome !== 'failed';
}

const isHere = ({ kind }: Vantage): boolean => kind !== 'saved';
const names = (all: readonly Vantage[]): string => listed(all.map(placeName));
const named = ({ report }: Vantage): boolean => report.verdict.cause !== 'undetermined';

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

function placeName({ kind, name, report }: Vantage): string {
  if (kind === 'saved') return `${name} (${day(report.startedAt)})`;
  return name;
}

const day = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

function targetOf([one]: readonly Vantage[]): string {
  return one === undefined ? 'it' : hostPort(one.report.target.host, one.report.target.port);
}

function allWork(vantages: readonly Vantage[]): JointVerdict {
  const target = targetOf(vantages);
  return {
    outcome: 'works',
    differs: 'nothing',
    certainty: 'proven',
    summary:
      vantages.length > 1
        ? `${target} works from everywhere that was tried: ${names(vantages)}.`
        : `${target} works through ${names(vantages)}; there was nothing to compare it with.`,
    evidence: [],
  };
}

function allFail(failing: readonly Vantage[]): JointVerdict {
  const target = targetOf(failing);
  const best = surest(failing);
  const causes = new Set(failing.map(({ report }) => report.verdict.cause));
  const sides = new Set(failing.map(({ report }) => report.verdict.side));
  const [side] = sides;
  const base = { outcome: 'fails', ...(best && { cause: best.report.verdict }) } as const;
  if (failing.length === 1) {
    return {
      ...base,
      differs: 'unknown',
      certainty: 'possible',
      summary: `${target} fails through ${names(failing)}; there was nothing to compare it with.`,
      evidence: best ? [best.report.verdict.summary] : [],
      advice: compareAdvice,
    };
  }
  if (causes.size === 1 && sides.size === 1 && best && (side === 'server' || side === 'target')) {
    return {
      ...base,
      differs: 'server',
      certainty: best.report.verdict.certainty,
      summary: `${target} fails alike from everywhere that was tried (${names(failing)}): it is the server. ${best.report.verdict.summary}`,
      evidence: [`each of the ${failing.length} looks names the same cause`],
    };
  }
  if (causes.size === 1 && best && side === 'this-device' && sides.size === 1 && failing.every(isHere)) {
    return {
      ...base,
      differs: 'device',
      certainty: best.report.verdict.certainty,
      summary: `${target} fails through every network of this computer, because of this computer. ${best.report.verdict.summary}`,
      evidence: ['each look names the same cause on this computer'],
    };
  }
  return alikeFromSeveral(target, failing, base);
}

function alikeFromSeveral(
  target: string,
  failing: readonly Vantage[],
  base: { readonly outcome: 'fails'; readonly cause?: Verdict },
): JointVerdict {
  const networks = new Set(failing.map(networkKey));
  const stages = new Set(failing.map(({ report }) => report.verdict.stage));
  if (isOneWay(failing)) {
    return {
      ...base,
      differs: 'unknown',
      certainty: 'possible',
      summary: `${target} fails in the same way each time (${names(failing)}), and all that was tried is one network: what is to blame cannot be told from this.`,
      evidence: [failing[0]?.report.verdict.summary ?? ''],
      advice: compareAdvice,
    };
  }
  if (networks.size < 2 || networks.has(null) || stages.size > 1) {
    return {
      ...base,
      differs: 'unknown',
      certainty: 'possible',
      summary: `${target} fails from everywhere that was tried (${names(failing)}), and not in one way: what is to blame cannot be told from this.`,
      evidence: failing.map((one) => `${placeName(one)}: ${one.report.verdict.summary}`),
      advice: compareAdvice,
    };
  }
  const elsewhere = failing.some((one) => !isHere(one) && !samePlace(one, failing.filter(isHere)));
  return {
    ...base,
    differs: elsewhere ? 'server' : 'device-or-server',
    certainty: 'likely',
    summary: elsewhere
      ? `${target} fails in the same place from this computer and from another network: it is the server, or something close to it.`
      : `${target} fails in the same place through ${networks.size} networks: it is the server or this computer, and no network.`,
    evidence: [`each look fails at the same step (${[...stages].join(', ')})`],
    ...(elsewhere ? {} : { advice: 'a report from another device would tell which: --with report.json' }),
  };
}

/** The same cause, seen again in the network in which it was seen before: nothing is to be learned from that. */
function isOneWay(failing: readonly Vantage[]): boolean {
  const causes = new Set(failing.map(({ report }) => report.verdict.cause));
  const networks = new Set(failing.map(networkKey));
  return causes.size === 1 && networks.size === 1 && !networks.has(null);
}

function someFail(working: readonly Vantage[], failing: readonly Vantage[]): JointVerdict {
  const target = targetOf(failing);
  const best = surest(failing);
  const base = { outcome: 'differs', ...(best && { cause: best.report.verdict }) } as const;
  const evidence = [
    `works: ${names(working)}`,
    ...failing.map((one) => `fails: ${placeName(one)}: ${one.report.verdict.summary}`),
  ];
  const failingHere = failing.filter(isHere);
  const workingHere = working.filter(isHere);
  if (failingHere.length > 0 && workingHere.length > 0) {
    const network = listed(failingHere.map(networkName));
    const own = surest(failingHere)?.report.verdict;
    if (own?.side === 'this-device' && isSure(own.certainty)) {
      return {
        ...base,
        differs: 'device',
        certainty: own.certainty,
        summary: `${target} works through ${names(workingHere)}, and this computer itself stops it through ${names(failingHere)}. ${own.summary}`,
        evidence,
      };
    }
    return {
      ...base,
      differs: 'network',
      certainty: failingHere.every(named) ? 'confirmed' : 'likely',
      summary: `It is the network: ${target} works through ${names(workingHere)} and fails through ${network}. The server and this computer are well.`,
      evidence,
      advice:
        own?.side === 'server'
          ? 'stay on the network that works; the server may also refuse the address that the other network gives you'
          : 'stay on the network that works, or ask whoever runs the other one',
    };
  }
  return comparedWithSaved(target, working, failing, base, evidence);
}

/** Here all is alike, and a saved report is not. */
function comparedWithSaved(
  target: string,
  working: readonly Vantage[],
  failing: readonly Vantage[],
  base: { readonly outcome: 'differs'; readonly cause?: Verdict },
  evidence: readonly string[],
): JointVerdict {
  const here = [...working, ...failing].filter(isHere);
  const saved = [...working, ...failing].filter((one) => !isHere(one));
  const worksHere = here.length > 0 && here.every(works);
  if (here.length > 0 && saved.every((one) => samePlace(one, here))) {
    return {
      ...base,
      differs: 'time',
      certainty: 'likely',
      summary: worksHere
        ? `${target} works now and failed before, from the same place: whatever it was has passed.`
        : `${target} fails now and worked before (${names(working)}), from the same place: something has changed since.`,
      evidence,
    };
  }
  const own = surest(failing)?.report.verdict;
  const device = own?.side === 'this-device' && isSure(own.certainty);
  const network = (own?.side === 'path' || own?.side === 'local-network') && isSure(own.certainty);
  return {
    ...base,
    differs: device ? 'device' : network ? 'network' : 'device-or-network',
    certainty: device || network ? (own?.certainty ?? 'likely') : 'likely',
    summary: `The server is well: ${target} works for ${names(working)} and fails for ${names(failing)}. What differs is ${
      device ? 'the device' : network ? 'the network' : 'the device or its network'
    }.${device || network ? ` ${own?.summary ?? ''}` : ''}`,
    evidence,
    ...(device || network
      ? {}
      : { advice: 'the same device on another network would tell which: whoblocked compare TARGET --guided' }),
  };
}

const compareAdvice =
  'look from somewhere else too: --guided on another network, or --with a report that was saved on another device';

function isSure(certainty: Certainty): boolean {
  return certainty === 'proven' || certainty === 'confirmed';
}

function surest(vantages: readonly Vantage[]): Vantage | undefined {
  return vantages
    .filter(named)
    .toSorted(
      (a, b) => certainties.indexOf(b.report.verdict.certainty) - certainties.indexOf(a.report.verdict.certainty),
    )[0];
}

function networkName({ name, network }: Vantage): string {
  return network.gateway === null ? name : `${name} (router ${network.gateway})`;
}

/** Null when it is not known which network that was. */
function networkKey({ network }: Vantage): string | null {
  return network.source === null && network.gateway === null
    ? null
    : `${network.gateway ?? ''} ${network.source ?? ''}`;
}

/** The same address of its own: the same device in the same network, at another time. */
function samePlace(saved: Vantage, here: readonly Vantage[]): boolean {
  return saved.network.source !== null && here.some(({ network }) => network.source === saved.network.source);
}
