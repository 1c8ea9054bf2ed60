import type { RouteChoice } from '../../model/facts.js';

/** The usual tables are nobody's own. */
const usual: ReadonlySet<string> = new Set(['main', 'local', 'default']);

/** The rule that refuses by itself, or that leads to the table whose line does. */
export function leadingRule({ line, table, address }: RouteChoice, rules: readonly string[]): string | null {
  if (line !== null && /^\d+:/.test(line)) return line;
  if (table === null || usual.has(table)) return null;
  const own = rules.map((rule) => rule.replace(/^-6 /, ''));
  const six = address.includes(':');
  const found = own.findIndex((rule, at) => rule.endsWith(` lookup ${table}`) && six === rules[at]?.startsWith('-6 '));
  return own[found] ?? null;
}
