import type { TraceStep } from '../../model/facts.js';
import type { RulesetExcerpt } from '../../model/firewall-facts.js';
import type { System } from '../../model/system.js';

/** What is asked of the programs: chains of a hundred thousand rules are not worth the wait. */
/** What nft prints behind an element: how long it still stays, and what it counts. */
const besideElement = / (?:timeout|expires|comment|counter|last|limit|quota) /;

const bounds = { timeoutMs: 2_000, maxBytes: 4_000_000 };
const mostChains = 6;
const mostNames = 60;
const mostSets = 4;
/** Of a policy: rules that lead on, since they show who fills the chain. */
const mostJumps = 12;
/** Characters in all, so that a report stays small: rules beyond keep their place, handle and comment. */
const mostRuleText = 6_000;
const mostNameText = 2_500;
const longestComment = 200;

type Json = Readonly<Record<string, unknown>>;

/** Rules of a chain as iptables-save prints them, in order; null where the table is none of iptables'. */
export type SavedRules = (chain: string) => readonly string[] | null;

/**
 * The pieces of the ruleset around `end` that tell whose rule it is. `led` are the rules whose jumps led there, the first
 * one first.
 */
export async function excerptOf(
  end: TraceStep,
  led: readonly TraceStep[],
  peer: string,
  saved: SavedRules,
  system: System,
): Promise<RulesetExcerpt | undefined> {
  const inTable = led.filter((step) => step.family === end.family && step.table === end.table);
  const steps = [...inTable, end].slice(-mostChains);
  const chains = [...new Set(steps.map((step) => step.chain))];
  const [names, ...listings] = await Promise.all([
    list(system, 'chains', end.family),
    ...chains.map((chain) => list(system, 'chain', end.family, end.table, chain)),
  ]);
  if (listings.every((listing) => listing.length === 0)) return undefined;
  const objects: Json[] = [];
  const lines: string[] = [];
  let left = mostRuleText;
  // The deciding chain first, then those that led to it from near to far; the reader wants them in the packet's order.
  for (const [i, chain] of [...chains.entries()].toReversed()) {
    const listing = listings[i] ?? [];
    const [declared] = inside(listing, 'chain');
    const rules = inside(listing, 'rule');
    const all = saved(chain);
    const found: Json[] = declared ? [{ chain: declared }] : [];
    const written: string[] = [];
    for (const index of chosen(steps, chain, rules)) {
      const rule = rules[index];
      if (!rule) continue;
      const line = all?.[index];
      const length = JSON.stringify(rule).length + (line?.length ?? 0);
      const fits = length <= left;
      left -= fits ? length : 0;
      found.push({ rule: fits ? rule : cut(rule) });
      if (line !== undefined) written.push(fits ? line : `-A ${chain}`);
    }
    objects.unshift(...found);
    lines.unshift(...written);
  }
  const sets = await namedSets(objects, end, peer, system);
  return {
    chains: chainNames(inside(names ?? [], 'chain'), end.table),
    objects: [...sets.objects, ...objects],
    saved: lines,
    caught: sets.caught,
  };
}

/** Places in the chain of the rules that matter. */
function chosen(steps: readonly TraceStep[], chain: string, rules: readonly Json[]): number[] {
  const here = steps.filter((step) => step.chain === chain);
  const handles = new Set(here.flatMap((step) => step.rule?.handle ?? []));
  const isPolicy = here.some((step) => step.kind === 'policy');
  let jumps = 0;
  return rules.flatMap((rule, index) => {
    if (handles.has(rule['handle'] as number)) return [index];
    return isPolicy && leadsOn(rule) && jumps++ < mostJumps ? [index] : [];
  });
}

function leadsOn({ expr }: Json): boolean {
  return Array.isArray(expr) && expr.some((one) => isObject(one) && ('jump' in one || 'goto' in one));
}

function cut({ family, table, chain, handle, comment }: Json): Json {
  const kept = typeof comment === 'string' ? { comment: comment.slice(0, longestComment) } : {};
  return { family, table, chain, handle, ...kept, expr: [] };
}

/** Declarations of the sets that the rules name, without elements, and the element that holds the other side's address. */
async function namedSets(
  objects: readonly Json[],
  { family, table }: TraceStep,
  peer: string,
  system: System,
): Promise<{ objects: readonly Json[]; caught: RulesetExcerpt['caught'] }> {
  const text = JSON.stringify(objects);
  const names = [...new Set([...text.matchAll(/"@([\w./-]{1,60})"/g)].map(([, name = '']) => name))].slice(0, mostSets);
  const found = await Promise.all(
    names.map(async (name) => {
      const [set, element] = await Promise.all([
        list(system, 'set', family, table, name),
        system.run('nft', ['get', 'element', family, table, name, `{ ${peer} }`], bounds),
      ]);
      const printed = element.exit === 0 ? /elements = \{ ([^}]{1,200}?) \}/.exec(element.stdout)?.[1] : undefined;
      const caught = printed?.split(besideElement, 1)[0];
      return {
        declared: inside(set, 'set').map((one) => ({ set: withoutElements(one) })),
        caught: caught === undefined ? [] : [{ set: name, element: caught }],
      };
    }),
  );
  return { objects: found.flatMap((one) => one.declared), caught: found.flatMap((one) => one.caught) };
}

/** `--terse` leaves elements out; an older nft may not. */
function withoutElements(set: Json): Json {
  return Object.fromEntries(Object.entries(set).filter(([key]) => key !== 'elem'));
}

/** Hundreds of chains that differ in a hash at their end count as one. */
function chainNames(chains: readonly Json[], table: string): string[] {
  const byShape = new Map<string, string>();
  let left = mostNameText;
  for (const { table: of, name, hook } of chains) {
    if (of !== table || typeof name !== 'string') continue;
    const shape = hook === undefined ? name.replace(/[A-Z0-9]{10,}$|[0-9a-f]{10,}$/, '') : name;
    if (byShape.has(shape) || byShape.size >= mostNames || name.length > left) continue;
    byShape.set(shape, name);
    left -= name.length;
  }
  return [...byShape.values()];
}

/** Objects of a listing in JSON, sets without their elements. Nothing when nft cannot say. */
export async function list(system: System, what: string, ...place: string[]): Promise<readonly Json[]> {
  const listed = await system.run('nft', ['-j', '-t', 'list', what, ...place], bounds);
  if (listed.exit !== 0 || listed.truncated) return [];
  try {
    const json: unknown = JSON.parse(listed.stdout);
    const objects = isObject(json) ? json['nftables'] : null;
    return Array.isArray(objects) ? objects.filter(isObject) : [];
  } catch {
    return [];
  }
}

export function inside(objects: readonly Json[], kind: string): Json[] {
  return objects.flatMap((object) => {
    const inner = object[kind];
    return isObject(inner) ? [inner] : [];
  });
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
