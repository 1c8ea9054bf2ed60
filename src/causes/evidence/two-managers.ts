import type { OwnerId } from '../../firewall/owner.js';
import type { OtherManager } from '../../model/firewall-facts.js';
import type { Culprit } from '../../model/words.js';
import { ownerName } from './owner-words.js';

/** How each is switched off, so that the other is left. */
const offBy: Readonly<Record<string, string>> = {
  ufw: 'sudo ufw disable',
  firewalld: 'sudo systemctl disable --now firewalld',
  shorewall: 'sudo shorewall clear',
  csf: 'sudo csf -x',
  // Stopping it would take everybody's rules away (ExecStop of its unit).
  nftables: 'sudo systemctl mask nftables, not stopped: its rules are gone with the next start of the computer',
  'netfilter-persistent':
    'sudo systemctl mask netfilter-persistent: its rules are gone with the next start of the computer',
};

export function managerName(id: string): string {
  return ownerName({ id: id as OwnerId, detail: {} });
}

/** Two programs that each take the firewall for theirs, and do not agree. */
export function conflictWords(
  refusing: string,
  { owner, rule }: OtherManager,
): { readonly culprit: Culprit; readonly because: string; readonly advice: string } {
  const [stops, allows] = [managerName(refusing), managerName(owner)];
  const off = offBy[refusing];
  const text = rule.text === undefined ? '' : ` (${rule.text})`;
  return {
    culprit: { kind: 'product', name: `${allows} and ${stops}`, owner: refusing },
    because: `a rule of ${allows} would let it pass${text}`,
    advice: `let one of them manage the firewall: allow it in ${stops} too, or switch ${stops} off${off === undefined ? '' : ` (${off})`}; what only ${stops} keeps out is open then`,
  };
}
