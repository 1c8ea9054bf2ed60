import { foldsInto, type Folded, type FoldedCause } from '../../firewall/folds-into.js';
import { ownerOf, type Owner, type RuleContext } from '../../firewall/owner.js';
import { isCatchAll } from '../../firewall/kill-switch/refusal.js';
import { join } from '../../firewall/parse/join.js';
import { parseIptablesSave } from '../../firewall/parse/iptables-save.js';
import { parseNftJson } from '../../firewall/parse/nft-json.js';
import type { Rule, Table } from '../../firewall/ruleset.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import type { FlowTrace } from '../../model/facts.js';
import { traceOf } from './connection-evidence.js';
import { legacyProof } from './firewall-log.js';
import { killSwitchFor } from './kill-switch.js';
import { asRead, readStop } from './read-rules.js';
import { ruleCulprit } from './rule-culprit.js';
import { leftBehind, namesMore, stopEvidence } from './rule-owner.js';
import { type Stop, whatOwnerSays } from './stop.js';

/** The kernel followed a probe like this attempt to the rule or policy that ended it; null when it did not. */
export function stopOf(attempt: FailedAttempt, scene: Scene): Stop | null {
  const flow = traceOf(attempt, scene);
  return flow === undefined ? null : tracedStop(flow, attempt, scene);
}

/** The same of a trace that is at hand. Where no rule of its own network stopped it, one of the machine's around may have. */
export function tracedStop(flow: FlowTrace, attempt: FailedAttempt, scene: Scene): Stop | null {
  if (!endedAlike(flow, attempt)) return null;
  return stopIn(flow, scene) ?? stopAround(flow, attempt, scene);
}

function stopAround({ around }: FlowTrace, attempt: FailedAttempt, scene: Scene): Stop | null {
  if (!around || !endedAlike(around, attempt)) return null;
  // What was read of rules and of their owners is of the container's own network and files.
  const stop = stopIn(around, { ...scene, facts: { target: scene.facts.target } });
  return stop && { ...stop, flow: around, around };
}

/**
 * Whether the traced probe ended as the attempt did. A rule that drops some packets only (a rate, a share) may have
 * stopped the probe and not the connection that failed in another way before. A probe that a rule rejects may have been
 * given up before it heard of that.
 */
export function endedAlike({ outcome, stoppedBy }: FlowTrace, attempt: FailedAttempt): boolean {
  if (outcome === 'connected' || outcome === 'answered') return false;
  if (attempt.stage !== 'connect' || outcome.code === attempt.outcome.code) return true;
  const text = stoppedBy?.rule?.text;
  return outcome.raw === 'given up' && stoppedBy?.kind === 'rule' && (text === undefined || /\breject\b/i.test(text));
}

function stopIn(flow: FlowTrace, scene: Scene): Stop | null {
  const { facts } = scene;
  const at = flow.stoppedBy;
  if (!at || at.verdict === 'queue' || flow.outcome === 'connected' || flow.outcome === 'answered') return null;
  const place = placeOf(flow, at);
  // Of a very long chain the trace could list nothing.
  const isListed = place !== null && (at.kind !== 'rule' || at.rule?.text !== undefined);
  const read = isListed ? null : asRead(flow, at, scene);
  if (read) return { ...read, flow };
  const owner = place === null ? null : ownerOf(place.context);
  return {
    flow,
    towards: { protocol: flow.protocol, address: flow.address, port: flow.port },
    at,
    owner,
    folded:
      place === null
        ? null
        : (foldsInto(place.context, place.through) ?? killSwitch(place.context, owner, flow, at, scene)),
    ...(isGeneral(place, at) && { general: true as const }),
    ...whatOwnerSays(owner, at, flow.excerpt?.saved ?? [], facts),
  };
}

function isGeneral(place: RulePlace | null, { kind }: Stop['at']): boolean {
  if (place === null) return false;
  const { rule } = place.context;
  if (rule === undefined && kind === 'rule') return false;
  return [...place.through, ...(rule === undefined ? [] : [rule])].every(isCatchAll);
}

/**
 * A VPN's kill switch that somebody wrote by hand, or a program without a name of its own in the rules. What is let out before
 * tells: so all rules, where they were read; else no more than the refusing rule itself.
 */
function killSwitch(
  { rule }: RuleContext,
  owner: Owner | null,
  flow: FlowTrace,
  at: Stop['at'],
  scene: Scene,
): Folded | null {
  const whole = asRead(flow, at, scene);
  if (whole) return whole.folded?.cause === 'vpn-blocks' ? { ...whole.folded, owner } : null;
  const tunnel = rule === undefined || owner !== null ? null : killSwitchFor(rule);
  return tunnel === null ? null : { cause: 'vpn-blocks', owner: null, about: tunnel };
}

interface RulePlace {
  readonly context: RuleContext;
  readonly through: readonly Rule[];
}

/** The deciding rule among the pieces of the ruleset that were kept, read as any ruleset is. */
function placeOf({ excerpt }: FlowTrace, at: Stop['at']): RulePlace | null {
  if (!excerpt) return null;
  const { family, table } = at;
  const declared = excerpt.chains.map((name) => ({ chain: { family, table, name } }));
  const nft = parseNftJson(JSON.stringify({ nftables: [...declared, ...excerpt.objects] }));
  const isOfTable = (one: Table): boolean => one.family === family && one.name === table;
  const names = [...(nft.tables.find(isOfTable)?.chains.keys() ?? [])];
  const saved = [
    `# Generated by ${family === 'ip6' ? 'ip6tables' : 'iptables'}-save v1.8 (nf_tables)`,
    `*${table}`,
    ...names.map((name) => `:${name} - [0:0]`),
    ...excerpt.saved,
    'COMMIT',
  ];
  const ruleset = excerpt.saved.length === 0 ? nft : join([nft, parseIptablesSave(saved.join('\n'))]);
  const found = ruleset.tables.find(isOfTable);
  const chain = found?.chains.get(at.chain);
  if (!found || !chain) return null;
  if (at.kind === 'policy') return { context: { table: found, chain }, through: [] };
  const handle = at.rule?.handle;
  const rules = [...found.chains.values()].flatMap((one) => [...one.rules]);
  const rule = rules.find((one) => one.handle === handle);
  const context = { table: found, chain, ...(rule === undefined ? {} : { rule }) };
  return { context, through: rules.filter((one) => one !== rule) };
}

/** For a cause that a rule of this device may carry out: proven where it does, ruled out where the rule is another's. */
export function carriedOut(
  id: FoldedCause,
  attempt: FailedAttempt,
  scene: Scene,
  words: (stop: Stop, folded: Folded) => { readonly summary: string; readonly advice?: string; readonly name?: string },
): Finding | null {
  const traced = stopOf(attempt, scene);
  const stop = traced ?? readStop(attempt, scene);
  if (!stop || (!traced && stop.folded?.cause !== id)) return null;
  if (stop.folded?.cause !== id) {
    const because = `the rule that stopped it is ${stop.folded === null ? "an ordinary firewall's" : 'there for something else'}`;
    return { says: 'ruledOut', because, facts: ['kernel.trace'] };
  }
  const { name, ...said } = words(stop, stop.folded);
  const culprit = ruleCulprit(stop);
  return {
    ...(traced || legacyProof(stop, scene) ? { says: 'proven' } : { says: 'fits', weight: 0.95 }),
    side: 'this-device',
    stage: attempt.stage,
    culprit: name === undefined ? culprit : { ...culprit, name },
    ...said,
    ...(stop.ownerInstalled === false ? leftBehind(stop) : {}),
    ...namesMore(stop, scene),
    evidence: stopEvidence(stop, scene),
  };
}
