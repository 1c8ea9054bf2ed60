import { contentOf, targetIn } from '../../firewall/iptables-content.js';
import { nftFile } from '../../firewall/nft-file.js';
import { chainSigns } from '../../firewall/owners/signs.js';
import { Cannot } from '../../model/cannot.js';
import type { BootLoader } from '../../model/service-operations.js';
import type { KernelRules, TableText } from './kernel-rules.js';

/** Of a file that a service loads at boot, by its path. */
export interface BootText {
  readonly path: string;
  readonly text: string;
}

export interface WithoutLoaded {
  readonly rules: KernelRules;
  /** What is taken out, as it would be typed. */
  readonly commands: readonly string[];
}

const mostRules = 2000;

/** All rules but those that the service's files made. Refused where more would go, or where it is not known what is theirs. */
export function withoutLoaded(
  rules: KernelRules,
  by: BootLoader,
  kept: string,
  files: readonly BootText[],
): WithoutLoaded {
  const found = by === 'nftables' ? withoutTables(rules, files) : withoutLines(rules, kept, files);
  if (found.commands.length === 0) throw new Cannot(`none of the rules that are in force stands in the file of ${by}`);
  return found;
}

function withoutTables(rules: KernelRules, files: readonly BootText[]): WithoutLoaded {
  const [file] = files;
  const { tables: written, isWhole } = nftFile(file?.text ?? '');
  if (!isWhole) throw new Cannot(`${file?.path ?? 'its file'} loads other files, or is written so that its tables are not all known`); // prettier-ignore
  const isOwn = ({ family, name }: TableText): boolean => written.has(`${family} ${name}`);
  const own = rules.tables.filter(isOwn);
  for (const { family, name, by, text } of own) {
    if (by === 'iptables') throw new Cannot(`table ${family} ${name} holds rules of iptables too`);
    const chains = [...text.matchAll(/^\tchain (\S+) \{/gm)].map(([, chain = '']) => chain);
    const other = chains.find((chain) => written.get(`${family} ${name}`)?.has(chain) !== true);
    if (other !== undefined)
      throw new Cannot(`table ${family} ${name} holds a chain that ${file?.path ?? 'its file'} does not: ${other}`);
  }
  return {
    rules: { ...rules, tables: rules.tables.filter((table) => !isOwn(table)) },
    commands: own.map(({ family, name }) => `nft delete table ${family} ${name}`),
  };
}

function withoutLines(rules: KernelRules, kept: string, files: readonly BootText[]): WithoutLoaded {
  const commands: string[] = [];
  const shorn = (text: string, family: 'ip' | 'ip6'): string => {
    const file = files.find(({ path }) => path.endsWith(family === 'ip' ? '.v4' : '.v6'));
    if (file === undefined) return text;
    const program = family === 'ip' ? 'iptables' : 'ip6tables';
    return text.replace(/^\*(\S+)\n[\s\S]*?^COMMIT$/gm, (section, table: string) => {
      const rest = withoutWritten(section.split('\n'), sectionOf(file.text, table), family, kept);
      commands.push(...rest.gone.map((words) => `${program} ${table === 'filter' ? '' : `-t ${table} `}${words}`));
      return rest.lines.join('\n');
    });
  };
  const tables = rules.tables.map((table) =>
    table.by === 'iptables' && (table.family === 'ip' || table.family === 'ip6')
      ? { ...table, text: shorn(table.text, table.family) }
      : table,
  );
  const legacy = { four: shorn(rules.legacy.four, 'ip'), six: shorn(rules.legacy.six, 'ip6') };
  return { rules: { tables, legacy }, commands };
}

function sectionOf(text: string, table: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const start = lines.indexOf(`*${table}`);
  const end = lines.indexOf('COMMIT', start);
  return start < 0 || end < 0 ? [] : lines.slice(start + 1, end);
}

interface Rest {
  readonly lines: readonly string[];
  readonly gone: readonly string[];
}

/** Each line of the file takes out one rule that asks and does the same; what bears another program's sign stays. */
function withoutWritten(
  lines: readonly string[],
  written: readonly string[],
  family: 'ip' | 'ip6',
  kept: string,
): Rest {
  if (written.length === 0) return { lines, gone: [] };
  if (lines.length > mostRules || written.length > mostRules) throw new Cannot('there are too many rules to compare');
  const chains = [...lines, ...written].flatMap((line) => /^:(\S+) -/.exec(line)?.[1] ?? []);
  const keyOf = (line: string): string | null => {
    const content = contentOf(line, family, chains);
    return content === null ? null : `${/^-A (\S+)/.exec(line)?.[1] ?? ''} ${targetIn(line) ?? ''} ${content}`;
  };
  const wanted = new Map<string, number>();
  for (const line of written) {
    const key = isSigned(line) ? null : keyOf(line);
    if (key !== null) wanted.set(key, (wanted.get(key) ?? 0) + 1);
  }
  const gone: string[] = [];
  const left = lines.filter((line) => {
    const key = line.startsWith('-A ') && !isSigned(line) ? keyOf(line) : null;
    const count = key === null ? 0 : (wanted.get(key) ?? 0);
    if (key === null || count === 0) return true;
    wanted.set(key, count - 1);
    gone.push(line.replace(/^-A /, '-D '));
    return false;
  });
  const isUsed = (chain: string): boolean =>
    left.some((line) => line.startsWith(`-A ${chain} `) || targetIn(line) === chain);
  return {
    gone: [...gone, ...policiesGone(left, written, kept).map((chain) => `-P ${chain} ACCEPT`)],
    lines: left.flatMap((line) => {
      const [, chain = '', policy] = /^:(\S+) (\S+)/.exec(line) ?? [];
      if (policy === '-' && !isSign(chain) && !isUsed(chain) && written.some((one) => one.startsWith(`:${chain} -`)))
        return [];
      return policiesGone(left, written, kept).includes(chain) ? [line.replace(' DROP ', ' ACCEPT ')] : [line];
    }),
  };
}

/** A policy that the file sets and nobody else wants: ufw sets its own, Docker that of FORWARD. */
function policiesGone(lines: readonly string[], written: readonly string[], kept: string): readonly string[] {
  return ['INPUT', 'FORWARD', 'OUTPUT'].filter((chain) => {
    const isSet = [lines, written].every((all) => all.some((line) => line.startsWith(`:${chain} DROP`)));
    const isOthers = kept === 'ufw' || lines.some((line) => line.startsWith(`-A ${chain} `) && isSigned(line));
    return isSet && !isOthers;
  });
}

function isSigned(line: string): boolean {
  return isSign(/^-A (\S+)/.exec(line)?.[1] ?? '') || isSign(targetIn(line) ?? '');
}

function isSign(chain: string): boolean {
  return chainSigns.some(({ pattern, beside }) => beside === undefined && pattern.test(chain));
}
