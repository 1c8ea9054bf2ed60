import type {
  Backend,
  BaseChain,
  Chain,
  Counter,
  Family,
  Flowtable,
  Hook,
  NamedObject,
  NamedSet,
  Problem,
  Ruleset,
  Table,
} from '../ruleset.js';
import { isBuiltinTable } from './iptables/builtin.js';
import { LazyRules } from './lazy-rules.js';
import { mayBeByIptables } from './nft/by-iptables.js';
import { elementsOf, typeNamed } from './nft/elements.js';
import { isObject, type Json, type JsonObject, listOf, numberOf, stringOf } from './nft/json.js';
import type { Reading } from './nft/merged.js';
import { commentOf, conditionsIn, counterIn, handleOf, ruleOf } from './nft/rules.js';
import { areGarbled, garbledWhere } from './nft/table-flags.js';

const families: ReadonlySet<string> = new Set(['ip', 'ip6', 'inet', 'bridge', 'netdev', 'arp']);
const hooks: ReadonlySet<string> = new Set([
  'ingress',
  'prerouting',
  'input',
  'forward',
  'output',
  'postrouting',
  'egress',
]);
const objectKinds: ReadonlySet<string> = new Set([
  'counter',
  'quota',
  'limit',
  'ct helper',
  'ct timeout',
  'ct expectation',
  'secmark',
  'synproxy',
]);

/** While reading: maps and arrays that still grow. */
interface OpenTable {
  family: Family;
  name: string;
  handle: number | undefined;
  dormant: boolean;
  owned: boolean;
  comment: string | undefined;
  chains: Map<string, OpenChain>;
  sets: Map<string, NamedSet>;
  flowtables: Flowtable[];
  objects: NamedObject[];
}
interface OpenChain {
  name: string;
  handle: number | undefined;
  comment: string | undefined;
  base: BaseChain | undefined;
  rules: JsonObject[];
}

/** Reads what `nft -j list ruleset` prints (libnftables-json(5), schema version 1). */
export function parseNftJson(text: string): Ruleset {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    return unreadable(
      `the JSON is not complete or not well formed: ${error instanceof Error ? error.message.slice(0, 200) : 'parse error'}`,
    );
  }
  const list = isObject(json) ? json.nftables : json;
  if (!Array.isArray(list)) return unreadable('there is no list "nftables" in the JSON');
  return readObjects(list as readonly Json[]);
}

function unreadable(what: string): Ruleset {
  return {
    source: 'nft',
    tables: [],
    ipsets: new Map(),
    ipsetsRead: false,
    covers: { ip: false, ip6: false },
    problems: [{ where: 'ruleset', what, fatal: true }],
  };
}

function readObjects(list: readonly Json[]): Ruleset {
  const tables = new Map<string, OpenTable>();
  const problems: Problem[] = [];
  let version = '';
  const problem = (where: string, what: string, fatal: boolean): void => {
    if (problems.length < 1000) problems.push({ where, what, fatal });
  };
  for (const [i, entry] of list.entries()) {
    const object = unwrapped(entry);
    const kind = object === undefined ? undefined : Object.keys(object)[0];
    const inner = kind === undefined ? undefined : object?.[kind];
    if (kind === undefined || !isObject(inner)) problem(`object ${i + 1}`, 'it is not understood', true);
    else if (kind === 'metainfo') version = stringOf(inner.version) ?? '';
    else readObject(kind, inner, tables, problem);
  }
  return {
    source: 'nft',
    tables: [...tables.values()].map((table) => closed(table, version)),
    ipsets: new Map(),
    ipsetsRead: false,
    covers: { ip: true, ip6: true },
    problems,
  };
}

/** Listings hold bare objects; files for `nft -j -f` wrap them in `add`. */
function unwrapped(entry: Json): JsonObject | undefined {
  if (!isObject(entry)) return undefined;
  const inner = entry.add ?? entry.create;
  return isObject(inner) ? inner : entry;
}

type Complain = (where: string, what: string, fatal: boolean) => void;

function readObject(kind: string, inner: JsonObject, tables: Map<string, OpenTable>, problem: Complain): void {
  const family = stringOf(inner.family) ?? '';
  const tableName = stringOf(kind === 'table' ? inner.name : inner.table);
  const where = `${kind} ${family} ${tableName ?? '?'} ${stringOf(inner.name) ?? ''}`.trim();
  if (!families.has(family) || tableName === undefined)
    return problem(where, 'its family or table is not understood', true);
  const table = tableAt(tables, family as Family, tableName);
  switch (kind) {
    case 'table':
      table.handle = numberOf(inner.handle);
      table.dormant = listOf(inner.flags).includes('dormant');
      table.owned = listOf(inner.flags).includes('owner');
      table.comment = stringOf(inner.comment);
      if (areGarbled(listOf(inner.flags))) problem(garbledWhere(table), 'nft does not print them rightly', true);
      return;
    case 'chain':
      return readChain(inner, table, where, problem);
    case 'rule':
      return readRule(inner, table, problem);
    case 'set':
    case 'map':
      return readSet(inner, table, where, problem);
    case 'element':
      return problem(where, 'elements apart from their set are not read', true);
    case 'flowtable':
      table.flowtables.push({
        name: stringOf(inner.name) ?? '',
        hook: stringOf(inner.hook) ?? 'ingress',
        priority: numberOf(inner.prio) ?? 0,
        devices: names(inner.dev),
        ...handleOf(inner),
      });
      return;
    default:
      if (!objectKinds.has(kind)) return problem(where, 'this kind of object is not understood', false);
      table.objects.push({
        kind,
        name: stringOf(inner.name) ?? '',
        ...handleOf(inner),
        ...commentOf(inner),
        ...counterOf(inner),
      });
  }
}

function tableAt(tables: Map<string, OpenTable>, family: Family, name: string): OpenTable {
  const key = `${family} ${name}`;
  let table = tables.get(key);
  if (table === undefined) {
    table = {
      family,
      name,
      handle: undefined,
      dormant: false,
      owned: false,
      comment: undefined,
      chains: new Map(),
      sets: new Map(),
      flowtables: [],
      objects: [],
    };
    tables.set(key, table);
  }
  return table;
}

function chainAt(table: OpenTable, name: string): OpenChain {
  let chain = table.chains.get(name);
  if (chain === undefined) {
    chain = { name, handle: undefined, comment: undefined, base: undefined, rules: [] };
    table.chains.set(name, chain);
  }
  return chain;
}

function readChain(inner: JsonObject, table: OpenTable, where: string, problem: Complain): void {
  const chain = chainAt(table, stringOf(inner.name) ?? '');
  chain.handle = numberOf(inner.handle);
  chain.comment = stringOf(inner.comment);
  if (inner.hook === undefined) return;
  const hook = stringOf(inner.hook) ?? '';
  const priority = numberOf(inner.prio);
  const type = stringOf(inner.type) ?? '';
  const policy = inner.policy ?? 'accept';
  if (
    !hooks.has(hook) ||
    priority === undefined ||
    (type !== 'filter' && type !== 'nat' && type !== 'route') ||
    (policy !== 'accept' && policy !== 'drop')
  ) {
    return problem(where, 'its hook, type, priority or policy is not understood', true);
  }
  chain.base = { type, hook: hook as Hook, priority, policy, devices: names(inner.dev) };
}

function readRule(inner: JsonObject, table: OpenTable, problem: Complain): void {
  const name = stringOf(inner.chain) ?? '';
  const { rules } = chainAt(table, name);
  rules.push(inner);
  if (!Array.isArray(inner.expr))
    problem(`rule ${table.family} ${table.name} ${name} ${rules.length}`, 'it has no expressions', true);
}

function readSet(inner: JsonObject, table: OpenTable, where: string, problem: Complain): void {
  const name = stringOf(inner.name) ?? '';
  const keyTypes = listOf(inner.type);
  const mapsTo = inner.map === undefined ? undefined : listOf(inner.map);
  const data = mapsTo === undefined ? undefined : mapsTo[0] === 'verdict' ? 'verdict' : mapsTo.map(typeNamed);
  const { elements, unsure } = elementsOf(
    listOf(inner.elem),
    keyTypes.length === 0 ? ['unknown'] : keyTypes.map(typeNamed),
    data,
  );
  if (unsure !== undefined) problem(where, unsure, false);
  const timeout = numberOf(inner.timeout);
  const size = numberOf(inner.size);
  table.sets.set(name, {
    name,
    ...handleOf(inner),
    ...commentOf(inner),
    keyTypes: keyTypes.map((type) => (typeof type === 'string' ? type : JSON.stringify(type))),
    ...(mapsTo === undefined
      ? {}
      : { mapsTo: mapsTo.map((type) => (typeof type === 'string' ? type : JSON.stringify(type))).join(' . ') }),
    flags: names(inner.flags),
    ...(timeout === undefined ? {} : { timeout }),
    ...(size === undefined ? {} : { size }),
    elements,
    ...(unsure === undefined ? {} : { unsure }),
  });
}

function names(value: Json | undefined): string[] {
  return listOf(value).filter((one) => typeof one === 'string');
}

function counterOf(inner: JsonObject): { readonly counter?: Counter } {
  const counter = counterIn(inner);
  return counter === undefined ? {} : { counter };
}

/** What `!=` on adjacent fields means in a table. nft 1.0.6 and before merge them; iptables-nft never does. */
function readingOf(table: OpenTable, version: string): Reading {
  const found = /^(\d+)\.(\d+)\.(\d+)/.exec(version);
  const [major = 9, minor = 9, patch = 9] = found === null ? [] : found.slice(1).map(Number);
  const isMeasured = major === 0 || (major === 1 && minor === 0 && patch <= 6);
  return isMeasured && !isNamedByIptables(table) ? 'merged' : 'either';
}

function isNamedByIptables({ family, name }: OpenTable): boolean {
  return (family === 'ip' || family === 'ip6') && isBuiltinTable(name);
}

function foreignIn({ rules }: OpenChain, table: OpenTable): Pick<Chain, 'foreign'> {
  if (!isNamedByIptables(table)) return {};
  const foreign = rules.flatMap(({ expr }, index) => (mayBeByIptables(listOf(expr)) ? [] : [index]));
  return foreign.length === 0 ? {} : { foreign: new Set(foreign) };
}

/** Only iptables-nft writes xt expressions. Without one a table of its names may be anybody's; `join` knows more. */
function backendOf(table: OpenTable): Backend {
  if (!isNamedByIptables(table)) return 'nft';
  for (const chain of table.chains.values()) {
    for (const { expr } of chain.rules)
      if (listOf(expr).some((one) => isObject(one) && 'xt' in one)) return 'iptables-nft';
  }
  return 'nft';
}

function closed(table: OpenTable, version: string): Table {
  const reading = readingOf(table, version);
  const chains = new Map<string, Chain>();
  for (const chain of table.chains.values()) {
    chains.set(chain.name, {
      name: chain.name,
      rules: new LazyRules(
        chain.rules.length,
        (index) => ruleOf(chain.rules[index] ?? {}, index, table, reading),
        (index, enough) => conditionsIn(chain.rules[index] ?? {}, table, enough),
      ),
      ...(chain.handle === undefined ? {} : { handle: chain.handle }),
      ...(chain.comment === undefined ? {} : { comment: chain.comment }),
      ...(chain.base === undefined ? {} : { base: chain.base }),
      ...foreignIn(chain, table),
    });
  }
  return {
    family: table.family,
    name: table.name,
    backend: backendOf(table),
    dormant: table.dormant,
    ...(table.owned && { owned: true as const }),
    chains,
    sets: table.sets,
    flowtables: table.flowtables,
    objects: table.objects,
    ...(table.handle === undefined ? {} : { handle: table.handle }),
    ...(table.comment === undefined ? {} : { comment: table.comment }),
  };
}
