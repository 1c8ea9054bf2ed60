import type { RunResult } from '../../model/system.js';

interface FakeRule {
  readonly handle: number;
  readonly comment?: string;
  readonly expr: readonly unknown[];
}

type Command = Readonly<Record<string, { readonly rule?: RuleCommand; readonly table?: { readonly name: string } }>>;
interface RuleCommand {
  readonly chain: string;
  readonly handle?: number;
  readonly comment?: string;
  readonly expr?: readonly unknown[];
}

/** A fake of nft, named as such: one table with chains of rules, loaded from a file, and as much of its words as are asked of it. */
export class FakeNft {
  #handles = 0;
  chains = new Map<string, FakeRule[]>();
  tables = new Set<string>();

  /** As at the start of the machine: each line of a chain is a rule. */
  load(file: string): void {
    this.tables = new Set(['filter']);
    this.chains = new Map();
    let rules: FakeRule[] = [];
    for (const line of file.split('\n').map((text) => text.trim())) {
      const chain = /^chain (\w+) \{$/.exec(line)?.[1];
      if (chain !== undefined) this.chains.set(chain, (rules = []));
      else if (line !== '' && !/^(?:table|type|\})/.test(line)) {
        const [, text = line, comment] = /^(.*?)(?: comment "([^"]*)")?$/.exec(line) ?? [];
        rules.push({ handle: ++this.#handles, expr: [{ text }], ...(comment !== undefined && { comment }) });
      }
    }
  }

  /** Rules as one text, handles aside. */
  get text(): string {
    return [...this.chains]
      .map(
        ([name, rules]) =>
          `${name}: ${rules.map(({ expr, comment }) => `${JSON.stringify(expr)} ${comment ?? ''}`).join('; ')}`,
      )
      .join('\n');
  }

  run(args: readonly string[]): RunResult {
    const [first = '', second = '', , , , table = '', chain = ''] = args;
    const ended = (stdout: string): RunResult => ({ exit: 0, stdout, stderr: '', truncated: false });
    const missing: RunResult = { exit: 1, stdout: '', stderr: 'Error: No such file or directory', truncated: false };
    if (first === 'list') return this.tables.has(args[3] ?? '') ? ended('') : missing;
    if (first === '-c') return ended('');
    if (second === '-a') {
      const rules = table === 'filter' ? this.chains.get(chain) : undefined;
      return rules === undefined ? missing : ended(JSON.stringify({ nftables: rules.map((rule) => ({ rule })) }));
    }
    for (const command of (JSON.parse(second) as { nftables: Command[] }).nftables) this.#carryOut(command);
    return ended('');
  }

  #carryOut(command: Command): void {
    const [verb = '', inner] = Object.entries(command)[0] ?? [];
    if (inner?.table) {
      if (verb === 'add') this.tables.add(inner.table.name);
      else this.tables.delete(inner.table.name);
    }
    const { rule } = inner ?? {};
    if (!rule) return;
    const rules = this.chains.get(rule.chain) ?? [];
    const at = rules.findIndex(({ handle }) => handle === rule.handle);
    const { comment, expr = [] } = rule;
    const made = { handle: ++this.#handles, expr, ...(comment !== undefined && { comment }) };
    if (verb === 'delete') rules.splice(at, 1);
    else if (verb === 'insert') rules.splice(Math.max(0, at), 0, made);
    else rules.push(made);
  }
}
