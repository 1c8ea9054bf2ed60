import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey } from '../../model/facts.js';
import { otherWays, wayWords } from '../../model/program-proxies.js';
import type { ProxySetting } from '../../model/proxy-facts.js';

const mostOthers = 3;

/**
 * A finding about a proxy, with what is worth knowing of its setting besides: that nobody has set it, and which programs
 * of this computer go another way to the same target because other settings say otherwise.
 */
export function withOtherSettings(
  finding: Finding,
  setting: ProxySetting,
  where: FactKey,
  attempt: FailedAttempt,
  { facts }: Scene,
): Finding {
  if (finding.says !== 'fits' && finding.says !== 'proven') return finding;
  const others = attempt.hop > 0 ? [] : otherWays(facts, setting).slice(0, mostOthers);
  const evidence: Evidence[] = [
    ...finding.evidence,
    ...foundEvidence(setting, where),
    ...others.map((ways) => ({
      fact: 'proxy.settings' as const,
      says: `other settings contradict that one: ${wayWords(ways)}`,
    })),
  ];
  // What other settings say changes nothing about the cause, and is read from files alone: worth it where that is possible.
  const isToBeRead = facts['proxy.settings'] === undefined && fact(facts, 'device.self')?.platform === 'linux';
  if (!isToBeRead) return { ...finding, evidence };
  return { ...finding, evidence, missing: [...(finding.missing ?? []), 'proxy.settings'] };
}

/** What it means that a proxy was found: said wherever it is named. */
export function foundEvidence({ found }: ProxySetting, where: FactKey): Evidence[] {
  if (found === undefined) return [];
  const who = found === 'DHCP' ? 'answers DHCP' : 'takes the name wpad';
  const says = `nobody has set it, it was looked for (WPAD): any machine of this network that ${who} can so read and change what browsers send`;
  return [{ fact: where, says }];
}
