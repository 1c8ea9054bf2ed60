import { type AppConnection, type AppDecision, decideForApp } from '../../firewall/app-rules.js';
import type { AppFirewallFact } from '../../model/app-firewall-facts.js';
import type { Attempt, FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Culprit } from '../../model/words.js';
import { notYetAsked } from './not-yet-asked.js';

/** What a firewall for programs does to a connection: it drops the first packet, or ends the socket (ECONNABORTED). */
const codes: ReadonlySet<string> = new Set(['timed-out', 'aborted', 'failed']);

/** The packet was handed to the daemon of that process id. Null where it is none that is known. */
export function forbiddenByRule(attempt: FailedAttempt, scene: Scene, pid: number): Finding | null {
  const measured = scene.facts['device.appFirewall'];
  if (measured === undefined)
    return {
      says: 'unknown',
      missing: notYetAsked(scene, 'device.appFirewall'),
      because: 'whose rules decide is not known',
    };
  const firewall = measured.state === 'known' ? measured.value : null;
  if (firewall?.daemon?.pid !== pid) return null;
  const decision = decisionFor(attempt, firewall, scene.facts, firewall.asker);
  return decision === null || decision.action === 'allow' ? null : told(attempt, firewall, decision, scene.facts);
}

/** Where the kernel could not be asked: its rules, as they stand in its folder, forbid what failed. */
export function forbiddenUnseen(attempt: FailedAttempt, scene: Scene): Finding | null {
  const { facts } = scene;
  if (attempt.protocol !== 'tcp' || attempt.stage !== 'connect' || !codes.has(attempt.outcome.code)) return null;
  if (fact(facts, 'device.self')?.root === true && attempt.outcome.code !== 'aborted') return null;
  const measured = facts['device.appFirewall'];
  if (measured === undefined)
    return {
      says: 'unknown',
      missing: notYetAsked(scene, 'device.appFirewall'),
      because: 'which policies there are for programs is not known',
    };
  const firewall = measured.state === 'known' ? measured.value : null;
  if (!firewall?.daemon) return null;
  const decision = decisionFor(attempt, firewall, facts, firewall.asker);
  if (decision === null || decision.action === 'allow') return null;
  const found = told(attempt, firewall, decision, facts);
  return { ...found, weight: 0.8, atMost: 'likely' };
}

/** What its rules say of a connection that the named program itself makes, or would make. */
export function decisionForProgram(attempt: Attempt, facts: Facts): AppDecision | null {
  const firewall = fact(facts, 'device.appFirewall');
  const program = fact(facts, 'device.program');
  if (!firewall?.daemon || !program || firewall.queues?.length === 0) return null;
  return program.path === null ? null : decisionFor(attempt, firewall, facts, program.path);
}

/** What its rules say of the named program's connections to the target is known, if only that there are none. */
export function rulesAreTold(attempts: readonly Attempt[], facts: Facts): boolean {
  const firewall = fact(facts, 'device.appFirewall');
  if (firewall === undefined) return false;
  if (!firewall?.daemon || firewall.queues?.length === 0) return true;
  return attempts.every(
    (attempt) =>
      attempt.stage !== 'connect' ||
      attempt.protocol !== 'tcp' ||
      attempt.outcome !== 'ok' ||
      decisionForProgram(attempt, facts) !== null,
  );
}

/** It was silent, or broken off, for the program, and that is what the rules say of it. */
export function stoppedProgram(attempt: FailedAttempt, { facts }: Scene): Finding | null {
  if (!codes.has(attempt.outcome.code)) return null;
  const firewall = fact(facts, 'device.appFirewall');
  const decision = decisionForProgram(attempt, facts);
  if (!firewall || decision === null || decision.action === 'allow') return null;
  const found = told(attempt, firewall, decision, facts);
  return {
    ...found,
    ...(attempt.foretold ? { atMost: 'likely' as const } : {}),
    evidence: [
      ...found.evidence,
      ...(attempt.foretold
        ? []
        : [{ fact: 'device.program' as const, says: `the program's connection met ${attempt.outcome.code}` }]),
      { fact: 'connect', says: 'the same connection holds for this diagnosis, which is another program' },
    ],
  };
}

/** The target can be reached, but not by the program that was named. */
export function besideForProgram({ facts, attempts }: Scene): (Finding & { readonly says: 'fits' }) | null {
  const firewall = fact(facts, 'device.appFirewall');
  const name = fact(facts, 'device.program')?.path ?? null;
  if (!firewall || name === null) return null;
  for (const attempt of attempts) {
    if (attempt.stage !== 'connect' || attempt.protocol !== 'tcp' || attempt.toProxy) continue;
    const decision = decisionForProgram(attempt, facts);
    if (decision && decision.action !== 'allow')
      return { says: 'fits', stage: 'connect', ...wordsFor(firewall, decision, name) };
  }
  return null;
}

function decisionFor(
  attempt: Attempt,
  firewall: AppFirewallFact,
  facts: Facts,
  path: string | null,
): AppDecision | null {
  if (attempt.address === null || attempt.port === null) return null;
  const uid = fact(facts, 'device.program')?.uid ?? fact(facts, 'device.self')?.uid ?? null;
  const connection: AppConnection = {
    path: path ?? undefined,
    uid: uid ?? undefined,
    protocol: attempt.protocol === 'dns' ? 'udp' : 'tcp',
    host: attempt.host === '' ? undefined : attempt.host,
    address: attempt.address,
    port: attempt.port,
  };
  return decideForApp(firewall, connection);
}

function told(
  attempt: FailedAttempt,
  firewall: AppFirewallFact,
  decision: AppDecision,
  facts: Facts,
): Finding & { readonly says: 'fits' } {
  const whose = fact(facts, 'device.program')?.path ?? null;
  const name = attempt.byProgram && whose !== null ? whose : (firewall.asker ?? 'this program');
  return { ...wordsFor(firewall, decision, name), says: 'fits', weight: 0.95, stage: attempt.stage };
}

/** The same words wherever such a rule is blamed. */
export function wordsFor(
  { product, daemon, otherwise }: AppFirewallFact,
  { rule, action }: AppDecision,
  name: string,
): { culprit: Culprit; summary: string; advice: string; evidence: Evidence[] } {
  const what =
    rule === null ? `its setting for all that no rule names (${otherwise ?? action})` : `its rule "${rule.name}"`;
  const at = rule === null ? '/etc/opensnitchd/default-config.json' : rule.location;
  const daemonIs = daemon === null ? '' : `${product} (process ${daemon.pid}) decides about connections; `;
  return {
    culprit: {
      kind: 'policy',
      name: rule === null ? `${product}: ${otherwise ?? action} for all else` : `${product} rule "${rule.name}"`,
      owner: product,
      location: at,
    },
    summary: `${product}, a firewall for programs on this computer, forbids ${name} this connection: ${what}.`,
    advice: `if you want ${name} to connect there, change that rule in ${product}'s window (its file is ${at})`,
    evidence: [
      {
        fact: 'device.appFirewall',
        says: `${daemonIs}${rule === null ? `no rule of it holds, and then it says ${action}` : `${rule.location} says ${action}, and all that it asks holds for this connection`}`,
      },
    ],
  };
}
