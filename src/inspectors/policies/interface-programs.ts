import type { LoadedProgram, PolicyProgram } from '../../model/policy-facts.js';
import type { System } from '../../model/system.js';

type Found = Omit<PolicyProgram, 'holder'>;

const mostInterfaces = 8;
const bounds = { timeoutMs: 2_000, maxBytes: 1024 * 1024 };

/** XDP programs as ip(8) shows them, filters as tc(8) does, and the newer kind that hangs on no qdisc. */
export async function interfacePrograms(
  names: readonly string[],
  system: System,
  signal: AbortSignal,
): Promise<{ programs: Found[]; closed: string[] }> {
  const programs: Found[] = [];
  const closed: string[] = [];
  const json = async (program: string, args: readonly string[]): Promise<unknown[]> => {
    const { exit, stdout, error } = await system.run(program, args, { ...bounds, signal });
    if (exit !== 0) {
      closed.push(`${program}: ${error ?? `exit ${exit}`}`);
      return [];
    }
    try {
      const parsed: unknown = JSON.parse(stdout === '' ? '[]' : stdout);
      return Array.isArray(parsed) ? parsed : [];
    } catch {
      return []; // older versions print text for some kinds
    }
  };
  for (const name of names.slice(0, mostInterfaces)) {
    const [links, ingress, egress] = await Promise.all([
      json('ip', ['-j', '-d', 'link', 'show', 'dev', name]),
      json('tc', ['-j', 'filter', 'show', 'dev', name, 'ingress']),
      json('tc', ['-j', 'filter', 'show', 'dev', name, 'egress']),
    ]);
    programs.push(...links.flatMap((link) => xdpOf(link, name)));
    programs.push(...filtersOf(ingress, 'tc-ingress', name), ...filtersOf(egress, 'tc-egress', name));
    const index = numberAt(links[0], 'ifindex');
    const newer = index === null ? [] : ((await system.policies?.ofInterface(index)) ?? []);
    if (typeof newer !== 'string') programs.push(...newer.map((one: LoadedProgram) => ({ ...one, at: name })));
  }
  return { programs, closed: [...new Set(closed)] };
}

/** `"xdp": { "mode": 1, "prog": { "id": 7, "name": "drop" } }` */
function xdpOf(link: unknown, at: string): Found[] {
  const program = valueAt(valueAt(link, 'xdp'), 'prog');
  const id = numberAt(program, 'id');
  return id === null ? [] : [{ hook: 'xdp', id, name: textAt(program, 'name') ?? '', uid: 0, at }];
}

function filtersOf(filters: readonly unknown[], hook: 'tc-ingress' | 'tc-egress', at: string): Found[] {
  return filters.slice(0, 64).flatMap((filter): Found[] => {
    const options = valueAt(filter, 'options');
    const id = numberAt(valueAt(options, 'prog'), 'id') ?? numberAt(options, 'id');
    if (textAt(filter, 'kind') === 'bpf' && id !== null)
      return [{ hook, id, name: textAt(options, 'bpf_name') ?? '', uid: 0, at }];
    return [];
  });
}

function valueAt(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, key)
    ? Reflect.get(object, key)
    : undefined;
}

function textAt(object: unknown, key: string): string | undefined {
  const value = valueAt(object, key);
  return typeof value === 'string' ? value.slice(0, 100) : undefined;
}

function numberAt(object: unknown, key: string): number | null {
  const value = valueAt(object, key);
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}
