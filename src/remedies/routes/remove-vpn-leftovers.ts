import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import type { RouteOperation } from '../../model/route-operations.js';
import { readPolicyRule } from '../../operations/routes/policy-rule.js';
import { interfaceName, readUnicastRoute } from '../../operations/routes/unicast-route.js';

interface Looks {
  /** Lines of tables that lead into the tunnel: family, table and words. */
  readonly routes: readonly { readonly family: 4 | 6; readonly table: string; readonly line: string }[];
  readonly rules: readonly { readonly family: 4 | 6; readonly line: string }[];
}

const most = 24;

/** Routes of a VPN that is gone or dead lead into its tunnel: they are taken out, and the rules that lead to them. */
export const remedy: Remedy<Looks> = {
  id: 'remove-vpn-leftovers',
  risk: 'high',
  needs: 'root',
  platforms: ['linux'],
  title: 'takes out the routes that lead into the dead tunnel',
  offers: isInterface,
  concerns: isInterface,
  async look({ verdict: { culprit } }, { system }) {
    const name = culprit?.kind === 'interface' ? (culprit.name ?? '') : '';
    const ask = async (...words: string[]): Promise<string[]> => {
      const shown = await system.run('ip', words, { timeoutMs: 5_000 });
      return shown.exit === 0 ? shown.stdout.split('\n').filter((line) => line.trim() !== '') : [];
    };
    const routes: Looks['routes'][number][] = [];
    const rules: Looks['rules'][number][] = [];
    if (!interfaceName.test(name)) return { routes, rules };
    for (const family of [4, 6] as const) {
      const lines = await ask(`-${family}`, 'route', 'show', 'table', 'all', 'dev', name);
      for (const line of lines) {
        // With `dev` given, ip leaves it out of what it prints.
        const table = / table (\S+)/.exec(line)?.[1] ?? 'main';
        const [prefix = '', ...rest] = line
          .replace(/ table \S+/, '')
          .trim()
          .split(/\s+/);
        routes.push({ family, table, line: [prefix, 'dev', name, ...rest].join(' ') });
      }
      for (const line of await ask(`-${family}`, 'rule', 'show')) rules.push({ family, line });
    }
    return { routes: routes.slice(0, 200), rules: rules.slice(0, 200) };
  },
  plan({ verdict: { culprit } }: Ailment, { routes, rules }): Plan | { readonly whyNot: string } {
    const name = culprit?.kind === 'interface' ? (culprit.name ?? '') : '';
    const wide = routes.filter(({ table, line }) => table !== 'local' && leadsFar(line));
    const operations: RouteOperation[] = [];
    const tables = new Set(
      wide.filter(({ table }) => table !== 'main').map(({ family, table }) => `${family} ${table}`),
    );
    for (const { family, line } of rules) {
      const rule = readPolicyRule(line);
      const to = /\blookup (\S+)/.exec(line)?.[1] ?? '';
      if (!tables.has(`${family} ${to}`)) continue;
      if (rule === null || rule.priority < 1 || rule.priority > 32_765)
        return { whyNot: `the rule "${line.trim()}" could not be put back by its words` };
      operations.push({ kind: 'rule-remove', family, ...rule });
    }
    for (const { family, table, line } of wide) {
      // What no rule leads to any more harms nobody.
      if (table !== 'main') continue;
      const remove = readUnicastRoute(line);
      if (remove === null) return { whyNot: `the route "${line}" could not be put back by its words` };
      operations.push({ kind: 'route-set', family, table, remove, add: null });
    }
    if (operations.length === 0) return { whyNot: `no route leads everything into ${name}` };
    if (operations.length > most) return { whyNot: `more than ${most} routes and rules lead into ${name}` };
    return {
      title: `no longer leads everything into ${name}`,
      operations,
      opens: ['whatever went into the tunnel goes out unprotected, beside it'],
      wider: true,
      mayCutOff: false,
      notes: ['a VPN that connects again sets them again', `the interface ${name} itself stays`],
      blockLooksRight: 'a VPN may hold the routes on purpose, so that nothing goes past it',
    };
  },
};

function isInterface({ verdict: { culprit } }: Ailment): boolean {
  return culprit?.kind === 'interface' && interfaceName.test(culprit.name ?? '');
}

/** The default route, or one of the halves and quarters by which VPNs stand in for it (wg-quick(8), openvpn(8) redirect-gateway def1). */
function leadsFar(line: string): boolean {
  const prefix = line.split(' ', 1)[0] ?? '';
  const length = /\/(\d+)$/.exec(prefix)?.[1];
  return prefix === 'default' || (length !== undefined && Number(length) <= 3);
}
