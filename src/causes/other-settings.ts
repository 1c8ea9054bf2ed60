import type { Evidence, Finding } from '../model/cause.js';
import type { FactKey } from '../model/facts.js';
import type { ProxySetting } from '../model/proxy-facts.js';

/** A finding about a proxy, with what is worth knowing of the setting besides: that nobody has set it. */
export function withItsOrigin(finding: Finding, setting: ProxySetting, where: FactKey): Finding {
  if (finding.says !== 'fits' && finding.says !== 'proven') return finding;
  return { ...finding, evidence: [...finding.evidence, ...foundEvidence(setting, where)] };
}

/** What it means that a proxy was found: said wherever it is named. */
export function foundEvidence({ found }: ProxySetting, where: FactKey): Evidence[] {
  if (found === undefined) return [];
  const who = found === 'DHCP' ? 'answers DHCP' : 'takes the name wpad';
  const says = `nobody has set it, it was looked for (WPAD): any machine of this network that ${who} can so read and change what browsers send`;
  return [{ fact: where, says }];
}
