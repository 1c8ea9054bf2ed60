import { textOf } from '../../firewall/rule-text.js';
import { readFirewall } from '../../inspectors/firewall/read-firewall.js';
import { fact } from '../../model/facts.js';
import type { RuleReference } from '../../model/words.js';
import type { RuleOperation } from '../../model/rule-operations.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import { nftName } from '../../operations/validate.js';

interface Looks {
  /** Rules of the culprit's chain that say the very same: handle and number, in their order. */
  readonly same: readonly { readonly handle: number; readonly number: number; readonly text: string }[];
}

const families = ['ip', 'ip6', 'inet', 'netdev'] as const;
const mostRules = 10_000;
const tables = ['filter', 'raw', 'mangle', 'nat', 'security'] as const;

/** A rule whose program is gone is taken out, with all that say the same in its chain: nobody else would ever do it. */
export const remedy: Remedy<Looks> = {
  id: 'remove-leftover-rule',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'takes out the rule that a program left behind which is not installed any more',
  offers: (ailment) => leftBy(ailment) !== null,
  concerns: (ailment) => leftBy(ailment) !== null,
  async look({ verdict: { culprit } }, { system, signal }) {
    const at = culprit?.rule;
    if (at?.text === undefined) return { same: [] };
    const ruleset = await readFirewall(system, signal);
    const found = ruleset.tables.filter(
      (table) => table.family === at.family && table.name === at.table && table.backend === at.backend,
    );
    const all = found.flatMap((table) => {
      const rules = table.chains.get(at.chain)?.rules;
      const length = Math.min(rules?.length ?? 0, mostRules);
      return Array.from({ length }, (_, i) => rules?.at(i)).flatMap((rule) =>
        rule === undefined ? [] : [{ handle: rule.handle ?? 0, number: rule.number, text: textOf(rule) }],
      );
    });
    // Counters are not the same in what the trace and what the listing prints: it is found by where it stands.
    const own = all.find(({ handle, number }) => (at.backend === 'nft' ? handle === at.handle : number === at.number));
    return { same: all.filter(({ text }) => text === own?.text).slice(0, 16) };
  },
  plan(ailment, { same }): Plan | { readonly whyNot: string } {
    const owner = leftBy(ailment);
    const at = ailment.verdict.culprit?.rule;
    if (owner === null || at === undefined) return { whyNot: 'the rule was left behind by no program that is gone' };
    const operation = operationFor(at, same);
    if (operation === null) return { whyNot: 'the rule is no longer there, or could not be named' };
    const more = same.length > 1 ? ` (${same.length} times)` : '';
    return {
      title: `takes out the rule that ${owner} left behind${more}`,
      operations: [operation],
      opens: [`all that the rule "${(at.text ?? '').slice(0, 120)}" stops`],
      wider: true,
      mayCutOff: false,
      notes: ['it holds until the rules are loaded anew or the computer restarts, where a file still has it'],
    };
  },
};

/** The owner of which neither program nor process was found. */
function leftBy({ verdict: { culprit }, facts }: Ailment): string | null {
  const absent = fact(facts, 'device.firewallManagers')?.absent ?? [];
  const { owner, rule } = culprit ?? {};
  return owner !== undefined && rule?.text !== undefined && absent.includes(owner) ? owner : null;
}

function operationFor(at: RuleReference, same: Looks['same']): RuleOperation | null {
  if (same.length === 0 || !nftName.test(at.chain)) return null;
  if (at.backend === 'nft') {
    const family = families.find((one) => one === at.family);
    if (family === undefined || !nftName.test(at.table)) return null;
    const rules = same.map(({ handle, text }) => ({ handle, text }));
    return { kind: 'nft-remove', family, table: at.table, chain: at.chain, rules };
  }
  const table = tables.find((one) => one === at.table);
  if (table === undefined) return null;
  return {
    kind: 'iptables-remove',
    backend: at.backend === 'iptables-legacy' ? 'legacy' : 'nft',
    family: at.family === 'ip6' ? 6 : 4,
    table,
    chain: at.chain,
    rules: same.map(({ number, text }) => ({ position: number, text })),
  };
}
