import { unitsOf } from '../../inspectors/policies/unit-settings.js';
import { failingFlows } from '../../model/failing-flows.js';
import { fact } from '../../model/facts.js';
import type { UnitSetting } from '../../model/policy-facts.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import { denyingSetting } from '../../model/unit-access.js';
import { addressesIn } from '../firewall/target-flows.js';

/** The programs of a unit of systemd's may reach this server, by a line of ours beside the one that forbids it. */
export const remedy: Remedy<null> = {
  id: 'allow-in-unit',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'lets the programs of this unit reach this server',
  offers: (ailment) => allowance(ailment) !== null,
  concerns: (ailment) => allowance(ailment) !== null,
  look: () => Promise.resolve(null),
  plan(ailment): Plan | { readonly whyNot: string } {
    const found = allowance(ailment);
    if (found === null) return { whyNot: 'no line of a unit (IPAddressDeny=) is known to forbid it' };
    const { unit, line, addresses } = found;
    if (unit === null)
      return {
        whyNot: `${line.unit} is made anew each time, and no unit of its own above it could be told: change ${line.location}`,
      };
    return {
      title: `lets the programs of ${unit} reach ${addresses.join(', ')}`,
      operations: [{ kind: 'own-file', what: { is: 'unit-allow', unit, addresses } }],
      opens: [`other ports of ${addresses.join(', ')}, and what comes from there, for the programs of ${unit}`],
      wider: true,
      mayCutOff: false,
      notes: [
        'the line that forbids it stays as it is, and the unit runs on: systemd takes the exception over at once',
      ],
      blockLooksRight: `whoever runs this computer has forbidden it (${line.name}=${line.value} in ${line.location})`,
    };
  },
};

interface Allowance {
  /** Where the exception can stand; null where the unit is one that nobody can write for. */
  readonly unit: string | null;
  readonly line: UnitSetting;
  readonly addresses: readonly string[];
}

function allowance({ verdict: { culprit, stage }, facts }: Ailment): Allowance | null {
  if (culprit?.kind !== 'policy' || culprit.owner !== 'systemd') return null;
  const policies = fact(facts, 'device.policies');
  const bound = policies?.programs.findLast(({ name }) => name.startsWith('sd_fw_'));
  const flows =
    stage === 'name' ? failingFlows(facts).filter(({ protocol }) => protocol === 'udp') : addressesIn(facts);
  const addresses = [...new Set(flows.map(({ address }) => address))].slice(0, 8);
  const [line] = addresses.flatMap((address) => denyingSetting(policies?.settings ?? [], address) ?? []);
  if (bound === undefined || line === undefined) return null;
  return { unit: placeFor(unitsOf(bound.at)), line, addresses };
}

/**
 * The innermost unit, whose program holds the lists of those above. A scope is made anew each time (a login's): then the slice
 * of that user; any other slice holds more than one could mean.
 */
function placeFor([innermost = '', above = '']: readonly string[]): string | null {
  if (!innermost.endsWith('.scope')) return innermost === '' ? null : innermost;
  return /^user-\d+\.slice$/.test(above) ? above : null;
}
