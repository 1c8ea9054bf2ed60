import { familyOf, hostPort, scopeOf } from '../model/address.js';
import { fact } from '../model/facts.js';
import type { Facts, RouteChoice } from '../model/facts.js';
import type { Report } from '../model/report.js';
import type { Culprit } from '../model/words.js';
import { clean, columns } from './clean.js';
import { targetName } from './culprit.js';
import { inboundWay, isInbound } from './inbound.js';
import { ledOn } from './led-on.js';
import { isNamed } from './named.js';

interface Place {
  readonly label: string;
  readonly kind: 'device' | 'guard' | 'resolver' | 'gateway' | 'hop' | 'provider' | 'proxy' | 'target';
  readonly address?: string;
}

export interface Way {
  readonly places: readonly Place[];
  /** The break is before this place; -1 when nothing is broken. */
  readonly brokenAt: number;
  /** Whether it is known that the break is there. */
  readonly sure: boolean;
}

/** The last place that works is named for these, not the one that stops it. */
const namesLastThatWorks = new Set([
  'internet-down',
  'dropped-on-path',
  'packet-loss',
  'path-mtu-blackhole',
  'undetermined',
]);

/** These stop the way to the name server no less than the way to the target. */
const ofTheWay = new Set([
  'internet-down',
  'gateway-unreachable',
  'network-down',
  'no-route',
  'rejected-by-hop',
  'unreachable-by-hop',
  'dropped-on-path',
]);

/** The way from this device to the target, from what was measured of it, with the place where it breaks. */
export function wayOf(report: Report): Way {
  const { verdict } = report;
  if (isInbound(report)) return inboundWay(report, guardLabel(verdict), isNamed(report));
  const notStarted = verdict.stage === 'target' && report.facts['device.program'] !== undefined;
  if (report.target.scheme === 'program' || (notStarted && verdict.cause === 'undetermined')) return programWay(report);
  const name = verdict.stage === 'name' || verdict.stage === 'target';
  if (name && !ofTheWay.has(verdict.cause)) return nameWay(report);
  const places = connectionPlaces(report);
  const sure = isNamed(report);
  if (verdict.side === 'this-device') return deviceBreak(places, report, sure);
  const { culprit } = verdict;
  const missing = culprit?.kind === 'hop' && !places.some((place) => place.address === culprit.address);
  const whole = missing && culprit.address !== undefined ? withHop(places, culprit.address) : places;
  return { places: whole, brokenAt: breakOf(whole, report), sure };
}

/** A program that is not started has no way to anywhere yet. */
function programWay(report: Report): Way {
  const device: Place = { label: 'this device', kind: 'device' };
  return { places: [device, { label: targetName(report), kind: 'target' }], brokenAt: 1, sure: isNamed(report) };
}

function withHop(places: readonly Place[], address: string): Place[] {
  const before = places.filter((place) => place.kind !== 'provider');
  // A router that is named stands before the proxy, and before the target in any case.
  const proxy = before.findIndex((place) => place.kind === 'proxy');
  const end = proxy < 0 ? -1 : proxy;
  return [...before.slice(0, end), { label: clean(address, 45), kind: 'hop', address }, ...before.slice(end)];
}

/** Before the one that refuses or swallows, or behind the last one that works. */
function breakOf(places: readonly Place[], { verdict, facts }: Report): number {
  const { culprit, cause, side, stage } = verdict;
  const last = places.length - 1;
  const first = (kind: Place['kind']): number => places.findIndex((place) => place.kind === kind);
  const named = culprit?.address === undefined ? -1 : places.findIndex((place) => place.address === culprit.address);
  if (named > 0) return namesLastThatWorks.has(cause) ? Math.min(named + 1, last) : named;
  const toProxy = stage === 'proxy' || (proxyStops(facts) && named < 0);
  if (toProxy && side !== 'server' && first('proxy') > 0) return first('proxy');
  if (side === 'local-network' && first('gateway') > 0) return first('gateway');
  if (side === 'path' && first('provider') > 0) return first('provider');
  return last;
}

/** A proxy is used, and nothing has got through it. */
function proxyStops(facts: Facts): boolean {
  const way = fact(facts, 'proxy.way');
  if (!way) return false;
  if (!way.forwards) return !way.tunnels.some((tunnel) => !tunnel.failure);
  return !way.connect.some(({ first, repeats }) => [first, ...repeats].some((one) => !one.failure));
}

function nameWay(report: Report): Way {
  const { verdict, facts } = report;
  const { culprit } = verdict;
  const device: Place = { label: 'this device', kind: 'device' };
  const goal: Place = { label: clean((ledOn(report) ?? report.target).host, 60), kind: 'target' };
  const sure = isNamed(report);
  if (verdict.side === 'this-device' && culprit?.kind !== 'resolver') {
    const inUse = resolverInUse(facts);
    const asked: Place[] = verdict.cause.endsWith('firewall') && inUse !== undefined ? [resolverPlace(inUse)] : [];
    return { places: [device, { label: guardLabel(verdict), kind: 'guard' }, ...asked, goal], brokenAt: 1, sure };
  }
  const address = culprit?.kind === 'resolver' ? culprit.address : resolverInUse(facts);
  if (address === undefined) return { places: [device, goal], brokenAt: 1, sure };
  return { places: [device, resolverPlace(address), goal], brokenAt: culprit?.kind === 'resolver' ? 1 : 2, sure };
}

function resolverPlace(address: string): Place {
  return { label: `resolver ${clean(address, 45)}`, kind: 'resolver', address };
}

function resolverInUse(facts: Facts): string | undefined {
  const answers = fact(facts, 'name.direct')?.answers ?? [];
  const answered = answers.find((answer) => answer.rcode !== undefined) ?? answers[0];
  return answered?.resolver ?? fact(facts, 'name.config')?.resolvers[0]?.address;
}

/** Whatever stops it here: the break is right behind this device, unless the target itself is here too. */
function deviceBreak(places: readonly Place[], report: Report, sure: boolean): Way {
  const { culprit, cause } = report.verdict;
  const here = places.length === 2 && (report.target.scheme === 'unix' || isHere(report));
  const blocks = culprit?.rule !== undefined || culprit?.kind === 'firewall-rule' || culprit?.kind === 'policy';
  if ((here && !blocks) || cause === 'gateway-unreachable') return { places, brokenAt: 1, sure };
  const label = guardLabel(report.verdict);
  const [device, ...rest] = places;
  if (!device) return { places, brokenAt: -1, sure };
  return { places: [device, { label, kind: 'guard' }, ...rest], brokenAt: 1, sure };
}

function isHere(report: Report): boolean {
  const choice = routeOf(report, drawnFor(report));
  return choice?.type === 'local' || scopeOf(choice?.address ?? report.target.host) === 'loopback';
}

const guards: Partial<Record<Culprit['kind'], string>> = {
  'firewall-rule': 'firewall',
  policy: 'firewall',
  route: 'no way out',
  interface: 'network off',
  limit: 'limit',
};

function guardLabel({ cause, culprit }: Report['verdict']): string {
  if (!culprit) return '';
  // What holds the way is on, and leads somewhere else.
  if (culprit.kind === 'interface' && cause === 'vpn-blocks') return clean(culprit.name ?? '', 24);
  if (cause === 'subnet-overlap') return 'another network';
  if (culprit.kind === 'signature') return clean(culprit.owner ?? 'virus scanner', 40);
  if (culprit.kind === 'file')
    return (culprit.location ?? culprit.name ?? '').startsWith('/etc/hosts') ? 'hosts file' : 'settings';
  if (culprit.kind === 'policy' && culprit.rule === undefined) return 'policy';
  return guards[culprit.kind] ?? clean(culprit.name?.replace(/^the /, '') ?? '', 24);
}

function routeOf({ facts, verdict }: Report, address: string | undefined): RouteChoice | undefined {
  const choices = fact(facts, 'device.routes')?.choices ?? [];
  const family = familyOf(address ?? verdict.culprit?.address ?? '');
  return (
    choices.find((choice) => choice.address === address) ??
    choices.find((choice) => familyOf(choice.address) === family)
  );
}

/**
 * The address that the way is drawn for: one that failed, of the culprit's family where it has an address. Each family
 * has a way of its own.
 */
function drawnFor({ facts, verdict }: Report): string | undefined {
  const failedFirst = [...(fact(facts, 'connect') ?? [])].sort(
    (a, b) => Number(!a.first.failure) - Number(!b.first.failure),
  );
  const family = familyOf(verdict.culprit?.address ?? '');
  const fits = family === 0 ? undefined : failedFirst.find((probe) => familyOf(probe.address) === family);
  return (fits ?? failedFirst[0])?.address;
}

function connectionPlaces(report: Report): Place[] {
  const { facts, verdict } = report;
  const address = ledOn(report)?.addresses[0] ?? drawnFor(report) ?? report.target.addresses[0];
  const choice = routeOf(report, address);
  const goal: Place = { label: targetName(report), kind: 'target', ...(address === undefined ? {} : { address }) };
  const hops = hopPlaces(facts, address);
  const via = choice?.via ?? null;
  const seenGateway = via !== null && hops[0]?.address !== via;
  const gateway: Place[] = seenGateway ? [{ label: clean(via, 45), kind: 'gateway', address: via }] : [];
  const first = hops.map((hop, i): Place => (i === 0 && hop.address === via ? { ...hop, kind: 'gateway' } : hop));
  const far = via !== null && scopeOf(address ?? report.target.host) !== 'private' && hops.length < 2;
  const provider: Place[] = far && !routerNamed(report) ? [{ label: 'provider', kind: 'provider' }] : [];
  const passed = fact(facts, 'proxy.way')?.setting.server;
  const named = verdict.culprit?.kind === 'proxy' ? (verdict.culprit.address ?? verdict.culprit.name) : undefined;
  const proxyLabel = named ?? (passed ? hostPort(passed.host, passed.port) : undefined);
  const proxy: Place[] =
    proxyLabel === undefined ? [] : [{ label: `proxy ${clean(proxyLabel, 45)}`.trim(), kind: 'proxy' }];
  return [{ label: 'this device', kind: 'device' }, ...gateway, ...first, ...provider, ...proxy, goal];
}

/** A router other than the first is the culprit: it stands for the provider then. */
function routerNamed(report: Report): boolean {
  const { culprit } = report.verdict;
  return (
    culprit?.kind === 'hop' &&
    culprit.address !== routeOf(report, drawnFor(report))?.via &&
    report.verdict.cause !== 'internet-down'
  );
}

function hopPlaces(facts: Facts, address: string | undefined): Place[] {
  const paths = fact(facts, 'path') ?? [];
  const path = paths.find((candidate) => candidate.address === address);
  const seen = new Set<string>([path?.address ?? '']);
  const places: Place[] = [];
  // Where load is balanced, the routers of several flows are mixed: then those of one flow are drawn.
  const flow = fact(facts, 'path.past')?.find((one) => one.address === address)?.oneFlow;
  for (const hop of (flow?.balanced ? flow.hops : path?.hops) ?? []) {
    if (hop.address === null || seen.has(hop.address)) continue;
    seen.add(hop.address);
    places.push({ label: clean(hop.address, 45), kind: 'hop', address: hop.address });
  }
  return places;
}

/** One line, or more where it does not fit: `this device ── 192.0.2.1 ──✗ shop.example:443`. */
export function drawWay(way: Way, width: number): string[] {
  const short = columns(draw(way).join('')) <= width ? way : shorten(way, width);
  const lines: string[] = [];
  for (const piece of draw(short)) {
    const last = lines.at(-1);
    if (last === undefined || columns(last + piece) > width)
      lines.push(last === undefined ? piece : `  ${piece.trim()}`);
    else lines[lines.length - 1] = last + piece;
  }
  return lines.map((line) => line.trimEnd());
}

function draw(way: Way): string[] {
  return way.places.map((place, i) => {
    if (i === 0) return place.label;
    if (i > way.brokenAt && way.brokenAt >= 0) return `     ${place.label}`;
    if (i < way.brokenAt || way.brokenAt < 0) return ` ── ${place.label}`;
    const edge = way.sure ? (place.kind === 'guard' ? ' ─✗' : ' ──✗') : ' ─?';
    return place.label === '' ? edge : `${edge} ${place.label}`;
  });
}

/** Leaves out routers in the middle until it fits; the ends, the first router and both sides of the break stay. */
function shorten(way: Way, width: number): Way {
  let { places, brokenAt } = way;
  for (;;) {
    const expendable = places.findIndex(
      (place, i) =>
        i > 1 &&
        i < places.length - 1 &&
        i !== brokenAt &&
        i !== brokenAt - 1 &&
        place.label !== '…' &&
        place.kind === 'hop',
    );
    // Behind the break nothing is known of the way: there the sign for left-out routers can go as well.
    if (expendable < 0)
      return { ...way, places: places.filter((place, i) => i <= brokenAt || place.label !== '…'), brokenAt };
    const gap = places[expendable - 1]?.label === '…' || places[expendable + 1]?.label === '…';
    places = places.flatMap((place, i): Place[] =>
      i === expendable ? (gap ? [] : [{ label: '…', kind: 'hop' }]) : [place],
    );
    if (gap && expendable < brokenAt) brokenAt -= 1;
    if (columns(draw({ ...way, places, brokenAt }).join('')) <= width) return { ...way, places, brokenAt };
  }
}
