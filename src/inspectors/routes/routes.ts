import { familyOf } from '../../model/address.js';
import {
  fact,
  type Facts,
  type MarkedRoute,
  type RouteChoice,
  type RoutesFact,
  type SingleRoute,
} from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, type Measured, skipped } from '../../model/observed.js';
import { ipBatch, ipJson, type IpObject, type IpOutput, ipText, numberOf, textOf } from '../ip/ip-command.js';
import { routeAddresses } from './route-addresses.js';
import { choiceOf, type Flow, markOf, refusedChoice, usualHopLimit } from './route-choice.js';
import { routeText, ruleText } from './route-text.js';

const MAX_RULES = 256;
const MAX_DEFAULTS = 16;
const refusing: ReadonlySet<string> = new Set(['unreachable', 'blackhole', 'prohibit', 'throw']);

/** Which way the kernel sends what goes to the addresses of this diagnosis, and whether it has one at all. */
export const deviceRoutes: Gatherer<'device.routes'> = {
  fact: 'device.routes',
  needs: ['name.config'],
  base: false,
  early: 'failing',
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  whenLate: { afterMs: 150 },
  gather: (facts, context) => routesFrom(undefined, facts, context),
};

/** The same of what bears that address of this device as its sender, where one is given: rules and routes may ask for it. */
export async function routesFrom(
  source: string | undefined,
  facts: Facts,
  context: Context,
): Promise<Measured<RoutesFact>> {
  const addresses = routeAddresses(facts);
  const flowTo = flowsOf(facts, context, source);
  const [four, six] = await Promise.all([
    readFamily(
      4,
      addresses.filter((address) => familyOf(address) === 4),
      context,
      flowTo,
    ),
    readFamily(
      6,
      addresses.filter((address) => familyOf(address) === 6),
      context,
      flowTo,
    ),
  ]);
  if (typeof four === 'string') return skipped(`routes cannot be read: ${four}`);
  const others: FamilyRoutes = typeof six === 'string' ? { choices: [], defaults: [], rules: [] } : six;
  const usualLimit = await defaultHopLimit(context);
  const value: RoutesFact = {
    choices: [...four.choices.map((choice) => withHopLimit(choice, usualLimit)), ...others.choices],
    defaults: [...four.defaults, ...others.defaults].slice(0, MAX_DEFAULTS),
    rules: [...four.rules, ...others.rules.map((rule) => `-6 ${rule}`)],
    ...markedOf(four, others),
    ...(four.single && { single: four.single }),
  };
  return known(value, 'ip route');
}

/** ip(7): what packets of IPv4 begin with where neither the program nor the route says otherwise. */
const hopLimitFile = '/proc/sys/net/ipv4/ip_default_ttl';

async function defaultHopLimit({ system: { files } }: Context): Promise<number | null> {
  const read = await files.read(hopLimitFile, 16);
  const value = read.ok ? Number.parseInt(Buffer.from(read.bytes).toString('latin1'), 10) : Number.NaN;
  return value > 0 && value < 256 ? value : null;
}

function withHopLimit(choice: RouteChoice, usual: number | null): RouteChoice {
  if (choice.hopLimit || choice.error !== null || usual === null || usual >= usualHopLimit) return choice;
  return { ...choice, hopLimit: { value: usual, by: 'sysctl' } };
}

/** What goes there: to a resolver that is not the target itself questions, to all else the target's own connection. */
function flowsOf(facts: Facts, { system }: Context, source?: string): (address: string) => Flow {
  const { uid } = system.identity;
  const tried = new Set((fact(facts, 'connect') ?? []).map(({ address }) => address)).add(facts.target.host);
  const resolvers = new Map((fact(facts, 'name.config')?.resolvers ?? []).map((one) => [one.address, one.port]));
  return (address) => {
    const port = tried.has(address) ? undefined : resolvers.get(address);
    if (port !== undefined) return { uid, protocol: 'udp', port };
    const from = source !== undefined && familyOf(source) === familyOf(address) ? { source } : {};
    return { uid, protocol: 'tcp', port: facts.target.port, ...from };
  };
}

/** Rules that look into what is sent, so that the kernel's answer depends on that too. */
const aboutPorts = / (ipproto|sport|dport) /;

/** Rules that look at who sends it. */
const aboutSender = / from (?!all )/;

/**
 * A socket that is bound to no address gets one by the first look into the tables, and the way by a second one that goes from
 * that address (ip_route_connect in include/net/route.h): rules about senders decide then. Of IPv6 the first look holds.
 */
function sendersOf(
  addresses: readonly string[],
  answers: readonly IpOutput<readonly IpObject[]>[],
): ReadonlyMap<string, Pick<Flow, 'source'>> {
  return new Map(
    addresses.flatMap((address, at) => {
      const answer = answers[at];
      const source = answer?.ok ? textOf(answer.value[0]?.['prefsrc']) : null;
      return source === null || familyOf(source) !== 4 ? [] : [[address, { source }] as const];
    }),
  );
}

type FamilyRoutes = { readonly [K in keyof RoutesFact]: RoutesFact[K] };

function markedOf(...families: readonly FamilyRoutes[]): Pick<RoutesFact, 'marked'> {
  const marked = families.flatMap((one) => one.marked ?? []);
  return marked.length === 0 ? {} : { marked };
}

/** A text when it cannot be read at all: why. */
async function readFamily(
  family: 4 | 6,
  addresses: readonly string[],
  context: Context,
  flowTo: (address: string) => Flow,
): Promise<FamilyRoutes | string> {
  const gets = addresses.map((address) => getCommand(address, context, flowTo(address).source));
  const outputs = await askAll(family, ['rule show', 'route show default', ...withMatches(gets)], context);
  const [ruleOutput, defaultOutput, ...plain] = outputs;
  if (!defaultOutput?.ok && defaultOutput?.why !== 'refused') return defaultOutput?.words ?? 'no answer';
  const rules = ruleOutput?.ok ? ruleOutput.value.slice(0, MAX_RULES).map(ruleText) : [];
  const exact = gets.map((command, at) => `${command}${portsOf(flowTo(addresses[at] ?? ''))}`);
  const byPorts = rules.some((rule) => aboutPorts.test(rule));
  const unbound = byPorts ? await askAll(family, withMatches(exact), context) : plain;
  const senders = family === 4 && rules.some((rule) => aboutSender.test(rule)) ? sendersOf(addresses, unbound) : null;
  const flowOf = (address: string): Flow => ({ ...senders?.get(address), ...flowTo(address) });
  const bound = addresses.map((address) => {
    const flow = flowOf(address);
    return `${getCommand(address, context, flow.source)}${byPorts ? portsOf(flow) : ''}`;
  });
  const rest = senders === null ? unbound : await askAll(family, withMatches(bound), context);
  const refusingLines = await linesFor(
    family,
    addresses.filter((_, at) => rest[at]?.ok === false),
    context,
  );
  const choices = addresses.flatMap(
    (address, at) =>
      choiceFor(address, rest[at], rest[addresses.length + at], rules, refusingLines, flowOf(address)) ?? [],
  );
  const reached = addresses.filter((address) => choices.some((one) => one.address === address && one.error === null));
  const usual = new Map(choices.map((one) => [one.address, one.device]));
  const marked = await markedRoutes(family, reached, rules, context, flowOf, usual);
  const defaults = defaultsOf(family, defaultOutput);
  const single = family === 4 && defaults.length === 0 ? await singleRoutes(context) : [];
  return { choices, defaults, rules, ...(marked.length > 0 && { marked }), ...(single.length > 0 && { single }) };
}

const mostSingle = 16;

async function singleRoutes(context: Context): Promise<SingleRoute[]> {
  const [main] = await askAll(4, ['route show table main'], context);
  return (main?.ok ? main.value : [])
    .flatMap((route): SingleRoute[] => {
      const [address, via, device] = ['dst', 'gateway', 'dev'].map((key) => textOf(route[key]));
      // The way to the router itself, which some programs set, leads to nobody else.
      if (!address || !via || !device || familyOf(address) === 0 || address === via) return [];
      return [{ address, via, device }];
    })
    .slice(0, mostSingle);
}

const mostMarks = 8;

/** Asked only where a rule of routing looks at marks: what becomes of packets to these addresses that bear one. */
async function markedRoutes(
  family: 4 | 6,
  addresses: readonly string[],
  rules: readonly string[],
  context: Context,
  flowTo: (address: string) => Flow,
  usual: ReadonlyMap<string, string | null>,
): Promise<MarkedRoute[]> {
  const marks = rules.flatMap((rule) => {
    const mark = markOf(rule);
    return mark === null || mark.value === 0 ? [] : [{ rule, ...mark }];
  });
  const questions = marks.slice(0, mostMarks).flatMap((mark) => addresses.map((address) => ({ ...mark, address })));
  if (questions.length === 0) return [];
  const asked = questions.map(
    ({ address, value }) =>
      `${getCommand(address, context, flowTo(address).source)} mark ${value}${portsOf(flowTo(address))}`,
  );
  const answers = await askAll(family, asked, context);
  const lines = await linesFor(family, addresses, context);
  return questions.flatMap(({ address, value, mask, rule }, at): MarkedRoute[] => {
    const answer = answers[at];
    if (answer?.ok) {
      const choice = answer.value[0] ? choiceOf(address, answer.value[0], null) : null;
      const isOther = choice !== null && choice.device !== null && choice.device !== usual.get(address);
      return isOther ? [{ mark: value, mask, rule, choice }] : [];
    }
    if (answer?.ok !== false) return [];
    const choice = choiceFor(address, answer, undefined, rules, lines, { ...flowTo(address), mark: value });
    return choice === null ? [] : [{ mark: value, mask, rule, choice }];
  });
}

async function askAll(
  family: 4 | 6,
  commands: readonly string[],
  context: Context,
): Promise<IpOutput<readonly IpObject[]>[]> {
  return (
    (await ipBatch(context, family, commands)) ??
    (await Promise.all(commands.map((command) => ipJson(context, [`-${family}`, ...command.split(' ')]))))
  );
}

/** Each asked twice: what the kernel does, and by which line. */
function withMatches(gets: readonly string[]): string[] {
  return [...gets, ...gets.map((command) => command.replace('route get', 'route get fibmatch'))];
}

function portsOf({ protocol, port }: Flow): string {
  return port === 0 ? '' : ` ipproto ${protocol} dport ${port}`;
}

/** The kernel is asked as the user whose sockets probe: rules may go by user. */
function getCommand(address: string, { system, options }: Context, source?: string): string {
  const [bare = address, zone = options.interface ?? undefined] = address.split('%');
  const { uid } = system.identity;
  // A name that the kernel could have: nothing else gets into the list of commands.
  const device = zone !== undefined && /^[^\s/]{1,15}$/.test(zone) ? ` oif ${zone}` : '';
  return `route get ${bare}${source === undefined ? '' : ` from ${source}`}${device}${uid === null ? '' : ` uid ${uid}`}`;
}

/** Lines of all tables that hold one of these addresses; only asked for where the kernel refused one. */
async function linesFor(family: 4 | 6, addresses: readonly string[], context: Context): Promise<string> {
  if (addresses.length === 0) return '';
  const asked = addresses.map((address) =>
    ipText(context, [`-${family}`, 'route', 'show', 'table', 'all', 'match', address.split('%')[0] ?? address]),
  );
  return (await Promise.all(asked)).map((output) => (output.ok ? output.value : '')).join('\n');
}

function choiceFor(
  address: string,
  got: IpOutput<readonly IpObject[]> | undefined,
  matched: IpOutput<readonly IpObject[]> | undefined,
  rules: readonly string[],
  refusingLines: string,
  flow: Flow,
): RouteChoice | null {
  if (got?.ok) {
    const [route] = got.value;
    const [line] = matched?.ok ? matched.value : [];
    if (!route) return null;
    const choice = choiceOf(address, route, line ? routeText(line) : null);
    // Told which sender it has, the kernel does not say it again.
    return { ...choice, source: choice.source ?? flow.source ?? null };
  }
  if (got?.why !== 'refused') return null;
  return refusedChoice(address, got.words, refusingLines, rules, flow);
}

function defaultsOf(family: 4 | 6, output: IpOutput<readonly IpObject[]>): RoutesFact['defaults'] {
  if (!output.ok) return [];
  return output.value
    .filter((route) => !refusing.has(textOf(route['type']) ?? ''))
    .map((route) => ({
      family,
      via: textOf(route['gateway']),
      device: textOf(route['dev']),
      metric: numberOf(route['metric']),
    }));
}
