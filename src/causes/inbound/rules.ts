import { familyOf, hostPort, inPrefix } from '../../model/address.js';
import type { Evidence } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import type { ModelDecision } from '../../model/firewall-facts.js';
import { type InboundFact, isVirtual } from '../../model/inbound.js';
import { banEvidence, banOf, unban, untilWords } from '../evidence/bans.js';
import { ownerName, ownerWords } from '../evidence/owner-words.js';
import { stopFrom } from '../evidence/read-rules.js';
import { processName } from '../evidence/listener-evidence.js';
import type { Verdict } from '../../model/report.js';
import { ruleCulprit } from '../evidence/rule-culprit.js';
import { leftBehind } from '../evidence/rule-owner.js';
import type { Stop } from '../evidence/stop.js';
import { conflictWords, managerName } from '../evidence/two-managers.js';
import { endsListenedOn, listeningOn } from './listening.js';
import { type Obstacle, whom } from './obstacle.js';

/**
 * What the rules say to the first packet of the other side, and to the answer, at the addresses where a program takes it, or
 * from where a rule leads it elsewhere.
 */
export function decisionsOf(facts: Facts, question: InboundFact): readonly ModelDecision[] {
  const ends = new Set(endsListenedOn(facts, question).map(({ address }) => address));
  return allDecisions(facts).filter((one) => ends.has(one.address) || isLed(one));
}

function allDecisions(facts: Facts): readonly ModelDecision[] {
  return fact(facts, 'device.firewall')?.decisions ?? [];
}

/** One that is refused later on its way was led there all the same. */
function isLed({ verdict, to }: ModelDecision): boolean {
  return verdict === 'redirect' || to !== undefined;
}

/** A rule that turns the other side away; null where none does for every way in of a family, or it is not known. */
export function refusedByRules(facts: Facts, question: InboundFact): Obstacle | null {
  const decisions = decisionsOf(facts, question);
  const refusing = decisions.filter(({ verdict }) => verdict === 'drop' || verdict === 'reject');
  const open = decisions.filter(
    (one) => one.direction === 'in' && (one.verdict === 'accept' || one.verdict === 'redirect'),
  );
  const decision = refusing.find(
    (one) => one.direction === 'out' || !open.some(({ address }) => familyOf(address) === familyOf(one.address)),
  );
  if (!decision) return null;
  // By the other family they do get in, and by which one they come is not said.
  const other = decision.direction === 'in' ? open[0] : undefined;
  const by = other === undefined ? '' : ` by IPv${familyOf(decision.address)}`;
  const stop = stopFrom(decision, facts);
  const manager = decision.otherwise?.refusing ?? stop?.owner?.id;
  const conflict = manager !== undefined && decision.otherwise ? conflictWords(manager, decision.otherwise) : null;
  const cause = conflict ? 'security-software-conflict' : (stop?.folded?.cause ?? 'local-firewall');
  const evidence = [
    ...(stop
      ? [ruleEvidence(stop, question), ...banEvidence(stop, question.from, facts)]
      : [{ fact: 'device.firewall' as const, says: `the rules say ${decision.verdict}: ${decision.why}` }]),
    ...(decision.caught === undefined
      ? []
      : [{ fact: 'device.firewall' as const, says: `it is taken by ${decision.caught.join(' and ')}` }]),
    ...(decision.assumed === undefined ? [] : [{ fact: 'inbound' as const, says: `taken that ${decision.assumed}` }]),
    ...(other === undefined
      ? []
      : [{ fact: 'device.firewall' as const, says: `by IPv${familyOf(other.address)} the rules let them in` }]),
  ];
  return {
    cause,
    side: 'this-device',
    stage: 'connect',
    certainty: decision.assumed === undefined && stop !== null && other === undefined ? 'confirmed' : 'likely',
    ...(stop ? { culprit: ruleCulprit(stop) } : {}),
    ...said(cause, decision, stop, question, facts, by),
    ...(conflict && stop ? ofConflict(conflict, stop, decision, question) : {}),
    evidence: conflict ? [...evidence, { fact: 'device.firewall', says: conflict.because }] : evidence,
  };
}

function ofConflict(
  { culprit, advice }: ReturnType<typeof conflictWords>,
  { owner, at }: Stop,
  { otherwise }: ModelDecision,
  { from, port }: InboundFact,
): Pick<Obstacle, 'culprit' | 'summary' | 'advice'> {
  const [stops, allows] = [managerName(otherwise?.refusing ?? owner?.id ?? ''), managerName(otherwise?.owner ?? '')];
  return {
    culprit: { ...culprit, ...(at.rule ? { rule: at.rule } : {}) },
    summary: `Two programs manage this computer's firewall and disagree: ${allows} lets ${whom(from)} in on port ${port}, and ${stops} keeps them out.`,
    advice,
  };
}

/** Ports that Docker leads into containers never meet the rules for what comes in to this computer itself. */
export function ledPast(facts: Facts, { port, from }: InboundFact): Verdict | null {
  const led = ledElsewhere(facts);
  const by = led?.decision.owner?.id;
  const past = fact(facts, 'device.firewall')?.owners.find(
    (one) => one.hook === 'input' && one.policy === 'drop' && (one.owner === 'ufw' || one.owner === 'firewalld'),
  );
  if (!led || led.decision.verdict !== 'redirect' || (by !== 'docker' && by !== 'podman') || !past) return null;
  const [leads, passed] = [managerName(by), managerName(past.owner)];
  return {
    outcome: 'reachable',
    cause: 'security-software-conflict',
    side: 'this-device',
    stage: 'connect',
    certainty: 'confirmed',
    culprit: { kind: 'product', name: `${passed} and ${leads}`, owner: by },
    summary: `${leads} leads port ${port} past ${passed}: what ${passed} denies or allows for what comes in means nothing for ${from ?? 'anybody'} there.`,
    advice: `publish the port on 127.0.0.1 only (-p 127.0.0.1:${port}:…), or put rules into the chain DOCKER-USER`,
  };
}

export function ruleEvidence({ at }: Stop, { from }: InboundFact): Evidence {
  const what = at.direction === 'in' ? `a packet from ${whom(from)}` : `the answer to ${whom(from)}`;
  const number = at.rule?.number === undefined ? '' : ` number ${at.rule.number}`;
  const place = `${at.rule?.backend ?? 'nft'} ${at.family} ${at.table}, chain ${at.chain}${number}`;
  const where = at.kind === 'policy' ? 'into the policy of that chain' : 'to that rule';
  return { fact: 'device.firewall', says: `read as they stand, the rules lead ${what} ${where} (${place})` };
}

function said(
  cause: string,
  { direction, verdict }: ModelDecision,
  stop: Stop | null,
  { from, port }: InboundFact,
  facts: Facts,
  by: string,
): { readonly summary: string; readonly advice?: string } {
  const owner = stop?.owner ?? null;
  const who = owner === null ? 'A rule' : ownerName(owner);
  const left = stop?.ownerInstalled === false ? leftBehind(stop) : {};
  switch (cause) {
    case 'client-banned':
      return {
        summary: `${who} on this computer has banned ${whom(from)}${bannedBy(stop, from, facts)}.`,
        ...(stop === null || from === null ? {} : { advice: unban(stop, from, facts) }),
        ...left,
      };
    case 'port-not-published':
      return {
        summary: `${who} lets nobody in to port ${port} of this container: it is not published.`,
        advice: `publish it when the container is started (docker run -p ${port}:${port} …)`,
      };
    case 'containers-not-connected':
      return {
        summary: `${who} keeps its networks apart: ${whom(from)} is in another one.`,
        advice: 'put both containers on a common network (docker network connect NETWORK CONTAINER)',
      };
    case 'vpn-blocks':
      return { summary: `${who} on this computer lets nobody in beside its tunnel.`, ...left };
    default: {
      const whose = owner === null ? '' : ` (${ownerWords(owner)})`;
      const does = verdict === 'reject' ? 'turns away' : 'lets nothing in from';
      const what =
        direction === 'in'
          ? `${does} ${whom(from)} on port ${port}${by}`
          : `lets ${whom(from)} in on port ${port}, and stops the answers`;
      return { summary: `This computer's own firewall${whose} ${what}.`, ...left };
    }
  }
}

/** ` (jail "web") until 2026-11-27 20:16 UTC`, as far as that is known. */
function bannedBy(stop: Stop | null, from: string | null, facts: Facts): string {
  const about = stop?.folded?.about ?? null;
  const ban = stop === null ? null : banOf(stop, from, facts);
  const list = stop?.owner?.id === 'fail2ban' ? about : (ban?.list ?? about);
  const kind = stop?.owner?.id === 'fail2ban' ? 'jail ' : '';
  const until = ban === null ? '' : untilWords(ban);
  return `${list === null ? '' : ` (${kind}"${list}")`}${until === '' ? '' : ` ${until}`}`;
}

/** Where a rule leads what comes in: another port of this device, or a container. */
export function ledElsewhere(facts: Facts): { readonly to: string; readonly decision: ModelDecision } | null {
  const decision = allDecisions(facts).find(isLed);
  return decision ? { to: decision.to ?? 'another place', decision } : null;
}

/**
 * A rule that is nobody's leads it to another machine, while a program here waits for it. Engines of containers have a program
 * that listens on a published port beside the rule: their networks are not meant.
 */
function ledPastProgram(
  facts: Facts,
  question: InboundFact,
  led: NonNullable<ReturnType<typeof ledElsewhere>>,
  address: string,
): Obstacle | null {
  const [listener] = listeningOn(facts, question)?.reachable ?? [];
  const stop = stopFrom(led.decision, facts);
  const near = (fact(facts, 'device.interfaces') ?? []).some(
    (one) => isVirtual(one.name) && one.addresses.some((own) => inPrefix(address, `${own.address}/${own.prefix}`)),
  );
  if (!listener || near || led.decision.owner !== null) return null;
  return {
    cause: 'connection-redirected',
    side: 'this-device',
    stage: 'connect',
    certainty: 'likely',
    ...(stop ? { culprit: ruleCulprit(stop) } : {}),
    summary: `A rule of this computer leads what comes in on port ${question.port} to another machine (${led.to}): ${processName(listener)} never hears of it.`,
    advice: `if ${listener.process ?? 'the program here'} is to answer, take that rule away; if ${led.to} is, look there`,
    evidence: [
      ...(stop ? [ruleEvidence(stop, question)] : []),
      { fact: 'device.listeners', says: `${processName(listener)} listens on that port of this computer` },
    ],
  };
}

/** A rule leads it to a port of this device on which nobody listens, or past the program that listens to another machine. */
export function redirectedNowhere(facts: Facts, question: InboundFact): Obstacle | null {
  const { protocol, ends } = question;
  const led = ledElsewhere(facts);
  const [, address = '', port] = /^(?:\[?([^\]]*)\]?)?:(\d+)$/.exec(led?.to ?? '') ?? [];
  if (!led || port === undefined) return null;
  const isHere = address === '' || address.startsWith('127.') || ends.some((end) => end.address === address);
  if (!isHere) return ledPastProgram(facts, question, led, address);
  const listeners = fact(facts, 'device.listeners')?.listeners;
  if (!isHere || !listeners || listeners.some((one) => one.protocol === protocol && one.port === Number(port)))
    return null;
  const stop = stopFrom(led.decision, facts);
  return {
    cause: 'connection-redirected',
    side: 'this-device',
    stage: 'connect',
    certainty: 'likely',
    ...(stop ? { culprit: ruleCulprit(stop) } : {}),
    summary: `A rule of this computer leads what comes in to ${address === '' ? `port ${port}` : hostPort(address, Number(port))}, where nothing listens.`,
    evidence: [
      ...(stop ? [ruleEvidence(stop, question)] : []),
      { fact: 'device.listeners', says: `no program of this computer listens on ${protocol} port ${port}` },
    ],
  };
}
