import { familyOf, hostPort, unbracketed } from '../../model/address.js';
import type { Evidence } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import type { InboundFact } from '../../model/inbound.js';
import type { Judgement, Verdict } from '../../model/report.js';
import { processName } from '../evidence/listener-evidence.js';
import { addressAlone, allStopped, beyondRules, reservations, unreadPrograms } from './beyond-rules.js';
import { deniedByWrapper, filesUsedUp, halfOpenFull, noAddress, noWayBack, queueFull, tableFull } from './device.js';
import { changing } from './hangs-on.js';
import { listeningOn, notListening } from './listening.js';
import { type Obstacle, whom } from './obstacle.js';
import { routerInFront } from './router-in-front.js';
import { decisionsOf, ledElsewhere, ledPast, redirectedNowhere, refusedByRules } from './rules.js';

/** Without a program nothing else matters; then in the order in which a packet meets them. */
const obstacles: readonly ((facts: Facts, question: InboundFact) => Obstacle | null)[] = [
  noAddress,
  (facts, question) => (question.ends.length === 0 || ledElsewhere(facts) ? null : notListening(facts, question)),
  noWayBack,
  tableFull,
  refusedByRules,
  redirectedNowhere,
  ...beyondRules,
  deniedByWrapper,
  filesUsedUp,
  queueFull,
  halfOpenFull,
  allStopped,
];

/** Why others do not reach a port of this device, from facts alone; `reachable` when nothing here stands in the way. */
export function judgeInbound(facts: Facts): Judgement {
  const question = fact(facts, 'inbound');
  if (!question) return nothingKnown('what stands between others and this port could not be looked at');
  const found = obstacles.flatMap((look) => look(facts, question) ?? []);
  const [root, ...others] = found.map((one) => ({ verdict: verdictOf(one), evidence: one.evidence }));
  if (root?.verdict.certainty === 'possible') return onlyPossible(root.verdict, root.evidence, question);
  if (root) return judgement(root.verdict, root.evidence, { also: others.map(({ verdict }) => verdict) });
  if (!listeningOn(facts, question)) return nothingKnown('whether anything listens there could not be seen');
  const open = openQuestion(facts, question);
  const past = ledPast(facts, question);
  if (open) return open;
  const before = routerInFront(facts, question)?.evidence ?? [];
  return judgement(reachable(facts, question), [...evidenceFor(facts, question), ...before], {
    also: past ? [past] : [],
  });
}

function verdictOf({ cause, side, stage, certainty, culprit, summary, advice }: Obstacle): Verdict {
  const more = { ...(culprit === undefined ? {} : { culprit }), ...(advice === undefined ? {} : { advice }) };
  return { outcome: 'failed', cause, side, stage, certainty, summary, ...more };
}

function judgement(verdict: Verdict, evidence: readonly Evidence[], more: Partial<Judgement>): Judgement {
  return { verdict, evidence, candidates: [], also: [], ruledOut: [], unknown: [], ...more };
}

function nothingKnown(summary: string): Judgement {
  const plain = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return judgement(undetermined(plain), [], { unknown: [{ cause: 'local-firewall', missing: summary }] });
}

function undetermined(summary: string, advice?: string): Verdict {
  return {
    outcome: 'failed',
    cause: 'undetermined',
    side: 'unknown',
    stage: 'connect',
    certainty: 'possible',
    summary,
    ...(advice === undefined ? {} : { advice }),
  };
}

/** Nobody is seen to listen, and rules that only root may read may lead the port into a container. */
function onlyPossible(candidate: Verdict, evidence: readonly Evidence[], { port }: InboundFact): Judgement {
  const isLoopback = candidate.cause === 'listens-on-loopback-only';
  const summary = isLoopback
    ? `What listens on port ${port} listens only to this computer itself; whether a rule leads others to it, only root may see.`
    : `No program of this computer itself listens on port ${port}; whether it is led into a container, only root may see.`;
  return judgement(undetermined(summary, 'the rules of the firewall: only root may read them'), evidence, {
    candidates: [candidate, ruleOf("This computer's own firewall may lead it elsewhere, or keep it out.")],
  });
}

function ruleOf(summary: string): Verdict {
  return { ...undetermined(summary), cause: 'local-firewall', side: 'this-device' };
}

/** A program listens, and what the firewall does is not known: not root, or it hangs on what was not said. */
function openQuestion(facts: Facts, question: InboundFact): Judgement | null {
  const decisions = decisionsOf(facts, question);
  const unclear = decisions.find(({ verdict }) => verdict === 'unknown' || verdict === 'queue');
  const passes = decisions.some(
    ({ verdict, direction }) => direction === 'in' && (verdict === 'accept' || verdict === 'redirect'),
  );
  const [program] = unreadPrograms(question);
  if (decisions.length > 0 && !unclear && passes)
    return program === undefined ? null : hangsOnProgram(program, facts, question);
  const isRoot = fact(facts, 'device.self')?.root === true;
  const seen = listenersText(facts, question);
  const changes = unclear?.verdict === 'unknown' ? changing(unclear.why) : null;
  const [summary, missing, advice] = isRoot
    ? unclear?.verdict === 'queue'
      ? [
          `${seen}; whether the firewall lets ${whom(question.from)} in, another program decides.`,
          'a program is asked for each packet',
          undefined,
        ]
      : changes
        ? [
            `${seen}; whether the firewall lets ${whom(question.from)} in hangs on ${changes.on}.`,
            unclear?.why ?? '',
            `now it may be one, and soon the other; who refuses is: ${changes.place}`,
          ]
        : [
            `${seen}; whether the firewall lets ${whom(question.from)} in cannot be told from its rules alone.`,
            unclear?.why ?? 'the rules could not be read',
            question.from === null ? 'say where they come from: --from ADDRESS' : undefined,
          ]
    : [
        `${seen}; whether the firewall lets ${whom(question.from)} in, only root may see.`,
        'the rules of the firewall: needs root',
        'the rules of the firewall: only root may read them',
      ];
  const candidate = ruleOf(`This computer's own firewall may keep ${whom(question.from)} out.`);
  return judgement(undetermined(summary, advice), evidenceFor(facts, question), {
    candidates: [candidate],
    unknown: [{ cause: 'local-firewall', missing }],
  });
}

/** The rules let it in; then it meets a program in the kernel. */
function hangsOnProgram(program: string, facts: Facts, question: InboundFact): Judgement {
  const summary = `${listenersText(facts, question)}; whether what ${whom(question.from)} send comes to it, a program in the kernel decides.`;
  const says = `it sees what comes in before that program does: ${program}`;
  return judgement(
    undetermined(summary, 'sudo bpftool prog show, and the settings of whoever loaded it, say what it lets in'),
    [...evidenceFor(facts, question), { fact: 'inbound', says }],
    {
      candidates: [{ ...ruleOf('A policy of this computer for that program may keep it out.'), cause: 'app-policy' }],
      unknown: [{ cause: 'app-policy', missing: `what ${program} lets in` }],
    },
  );
}

/** "nginx (process 812) listens on port 8080" */
function listenersText(facts: Facts, question: InboundFact): string {
  const all = listeningOn(facts, question)?.reachable ?? [];
  const listener = all.find(({ pid }) => !question.stopped?.some((one) => one.pid === pid)) ?? all[0];
  const led = ledElsewhere(facts);
  if (!listener) return led ? `What comes in on port ${question.port} is led to ${led.to}` : 'A program listens there';
  const where = addressAlone(facts, question) ?? `port ${question.port}`;
  return `${processName(listener).replace(/^a program/, 'A program')} listens on ${where}`;
}

function reachable(facts: Facts, question: InboundFact): Verdict {
  const router = routerInFront(facts, question);
  const [reservation] = reservations(facts, question);
  const limits = fact(facts, 'device.limits');
  return {
    outcome: 'reachable',
    cause: 'reachable',
    side: 'none',
    stage: 'connect',
    // Full tables and used-up files keep others out as well: without a look at them it is no more than likely.
    certainty: limits === undefined || reservation !== undefined ? 'likely' : 'confirmed',
    summary:
      reservation === undefined
        ? `${listenersText(facts, question)}, and nothing on this computer keeps ${whom(question.from)} out.`
        : `${listenersText(facts, question)}, but ${reservation}.`,
    ...(router && { advice: router.advice }),
  };
}

function evidenceFor(facts: Facts, question: InboundFact): Evidence[] {
  const listening = listeningOn(facts, question)?.reachable ?? [];
  const passing = decisionsOf(facts, question).find(({ verdict }) => verdict === 'accept' || verdict === 'redirect');
  const units = question.units.map(({ pid, unit }) => `${unit} started process ${pid}`);
  const families = new Set(listening.map(({ address }) => familyOf(unbracketed(address)) || 6));
  const { back, strict, from } = question;
  const others = strict.filter((name) => name !== back?.device);
  const onlyBy =
    from === null || !back?.device || others.length === 0
      ? []
      : [
          `what comes from ${from} by ${others.join(' or ')} is dropped (rp_filter): the way back leads by ${back.device}`,
        ];
  const both = families.size > 1 || listening.some((one) => one.v6only === false);
  return [
    ...listening.slice(0, 3).map((one) => ({
      fact: 'device.listeners' as const,
      says: `${processName(one)} listens on ${hostPort(one.address, one.port)}${both ? '' : familyWords(families)}`,
    })),
    ...[...onlyBy, ...units.slice(0, 2)].map((says) => ({ fact: 'inbound' as const, says })),
    ...(passing
      ? [
          {
            fact: 'device.firewall' as const,
            says:
              passing.verdict === 'redirect'
                ? `the rules lead it to ${passing.to ?? 'another place'}`
                : 'the rules let it pass',
          },
        ]
      : []),
  ];
}

function familyWords(families: ReadonlySet<number>): string {
  return families.has(4) ? ', by IPv4 only' : ', by IPv6 only';
}
