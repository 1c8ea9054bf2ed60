import type { Cause, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { betweenScanners } from '../evidence/two-scanners.js';
import { answeredFromOutside } from '../evidence/connection-evidence.js';
import { stopOf } from '../evidence/firewall-evidence.js';
import { legacyProof } from '../evidence/firewall-log.js';
import { readStop, refusal, refusingManager } from '../evidence/read-rules.js';
import { notReached } from '../evidence/refused-by-own-stack.js';
import { namesMore, stopEvidence } from '../evidence/rule-owner.js';
import { blockedWords, type Stop } from '../evidence/stop.js';
import { conflictWords, managerName } from '../evidence/two-managers.js';

/**
 * Two programs manage one firewall, and what the one allows by a rule of its own the other stops. The rule itself is the
 * root (local-firewall); this is why it is there, and is told beside it. Of programs: one guard has moved another one away,
 * or two are asked before the same file is opened and do not come to an end.
 */
export const cause: Cause = {
  id: 'security-software-conflict',
  side: 'this-device',
  stage: 'connect',
  title: 'Two security programs are in conflict',
  symptoms: [
    ...symptoms('connect', 'timed-out', 'not-permitted', 'refused', 'host-unreachable', 'prohibited'),
    ...symptoms('execute', 'missing', 'timed-out'),
  ],
  needs: ['kernel.trace', 'device.firewall', 'device.programGuards'],
  remedies: ['open-port', 'keep-one-manager'],
  judge(attempt, scene) {
    if (attempt.byProgram) return betweenScanners(attempt, scene);
    const read = readStop(attempt, scene);
    const stop = stopOf(attempt, scene) ?? (read && legacyProof(read, scene) ? read : null);
    const other = refusal(attempt, scene)?.otherwise;
    const refusing = stop && refusingManager(stop, attempt, scene);
    if (stop && refusing && other && refusing !== other.owner) {
      const [stops, allows] = [managerName(refusing), managerName(other.owner)];
      const { culprit, because, advice } = conflictWords(refusing, other);
      return {
        says: 'proven',
        stage: attempt.stage,
        culprit: { ...culprit, ...(stop.at.rule ? { rule: stop.at.rule } : {}) },
        summary: `Two programs manage this computer's firewall and disagree: ${allows} allows the connection, and ${stops} stops it (it blocks ${blockedWords(stop, attempt)}).`,
        advice,
        ...namesMore(stop, scene),
        evidence: [...stopEvidence(stop, scene), { fact: 'device.firewall', says: because }],
      };
    }
    const emptied = stop && whoEmptied(stop, scene);
    if (stop && emptied) {
      const [other, owner] = [managerName(emptied), managerName('ufw')];
      return {
        says: 'proven',
        stage: attempt.stage,
        culprit: {
          kind: 'product',
          name: `${owner} and ${other}`,
          owner: 'ufw',
          ...(stop.at.rule ? { rule: stop.at.rule } : {}),
        },
        summary: `Two programs manage this computer's firewall: the rules of ${owner} are gone, as ${other} leaves it when it starts, and only its policy is left, which stops everything (here ${blockedWords(stop, attempt)}).`,
        advice: `use one of them: sudo ufw disable (then ${other} alone decides), or switch ${other} off and sudo ufw reload`,
        ...namesMore(stop, scene),
        evidence: [
          ...stopEvidence(stop, scene),
          {
            fact: 'device.firewallManagers',
            says: `${owner} is switched on in /etc/ufw/ufw.conf, and no rule of it is left there`,
          },
        ],
      };
    }
    const own = notReached(attempt, scene);
    if (own) return own;
    if (attempt.stage === 'connect' && answeredFromOutside(attempt, scene)) {
      return {
        says: 'ruledOut',
        because: 'the packet left this computer and was answered outside',
        facts: ['connect'],
      };
    }
    if (fact(scene.facts, 'device.firewall')?.problems.length === 0) {
      const because = 'no rule of a second program would let pass what the first one stops';
      return { says: 'ruledOut', because, facts: ['device.firewall'] };
    }
    return { says: 'unknown', missing: [], because: 'which programs manage the firewall only root may see' };
  },
};

/** A policy of iptables that belongs to nobody's rules, while ufw is switched on and another manager is at work. */
function whoEmptied({ at, owner }: Stop, { facts }: Scene): string | null {
  const isIptables = at.kind === 'policy' && (at.family === 'ip' || at.family === 'ip6') && at.table === 'filter';
  const firewall = fact(facts, 'device.firewall');
  if (!isIptables || owner !== null || !firewall) return null;
  if (fact(facts, 'device.firewallManagers')?.enabled?.includes('ufw') !== true) return null;
  if (firewall.owners.some((one) => one.owner === 'ufw' && one.family === at.family)) return null;
  return firewall.owners.find((one) => one.owner === 'firewalld')?.owner ?? null;
}
