import { fact } from '../../model/facts.js';
import { firewallManagers, type ManagerOff } from '../../model/service-operations.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';

/** Of two programs that manage the firewall, the one that stops the connection is switched off, and the other one kept. */
export const remedy: Remedy<null> = {
  id: 'keep-one-manager',
  risk: 'high',
  needs: 'root',
  platforms: ['linux'],
  title: 'keeps one of the two programs that manage the firewall, and switches the other off',
  offers: (ailment) => ailment.verdict.cause === 'security-software-conflict' && refusing(ailment) !== null,
  concerns: (ailment) => refusing(ailment) !== null,
  look: () => Promise.resolve(null),
  plan(ailment): Plan | { readonly whyNot: string } {
    const found = refusing(ailment);
    if (found === null) return { whyNot: 'it is not known that two programs manage the firewall, of which one can go' };
    const { off, kept } = found;
    return {
      title: `switches ${off} off, with its rules, and leaves the firewall to ${kept}`,
      operations: [{ kind: 'manager-off', manager: off, kept }],
      opens: [`whatever only ${off} keeps out or in`],
      wider: true,
      mayCutOff: true,
      notes: [
        `${off} stays off when the computer restarts; undo puts it and its rules back`,
        ...(off === 'nftables' ? ['what else its file holds, forwarding and translation of addresses, goes too'] : []),
      ],
    };
  },
};

/** The culprit's owner is the one that stops it; the other is switched on too. */
function refusing({
  verdict: { culprit },
  facts,
}: Ailment): { readonly off: ManagerOff['manager']; readonly kept: ManagerOff['manager'] } | null {
  const off = firewallManagers.find((one) => one === culprit?.owner);
  const enabled = fact(facts, 'device.firewallManagers')?.enabled ?? [];
  const names = (culprit?.name ?? '').split(' and ').map((name) => name.replace(/\.service$/, ''));
  const named = firewallManagers.find((one) => one !== off && names.includes(one));
  const kept = named ?? firewallManagers.find((one) => one !== off && enabled.includes(one));
  return off === undefined || kept === undefined ? null : { off, kept };
}
