import { appFirewallLines } from './describe-app-firewall.js';
import { hostPort } from '../model/address.js';
import { fact } from '../model/facts.js';
import type { AddressProbe, ConnectTry, FactKey, Facts, FactValues, HttpTry, TlsTry } from '../model/facts.js';
import type { Failure } from '../model/failure.js';
import { containerLines } from './describe-containers.js';
import { otherGroupLines, policyLines } from './describe-policies.js';
import { programLines } from './describe-program.js';
import { experimentLine, largeHelloLines, time } from './describe-experiments.js';
import { desktopLines, proxyName, settingLines } from './describe-proxies.js';
import type { ProxyTrial, ProxyWay } from '../model/proxy-facts.js';
import { nameExperiments, nameLines } from './describe-names.js';
import { guardLines, guardLogLines, pastShieldLines, programGuardLines } from './describe-guards.js';
import {
  hopOwnerLines,
  headLines,
  linkOwnerLines,
  nearLines,
  packetSizeLines,
  pastLines,
  portalLines,
  carrierTraceLines,
  tunnelEndLines,
  tunnelLines,
  vpnProfileLines,
  quicLines,
  routerLines,
} from './describe-way.js';
import { bindingLines, clockLines, counterLines, heldLines, limitLines, serviceLines, socketFileLines, swallowedLines, wireLines } from './describe-state.js'; // prettier-ignore

/** At most so many lines for one fact: the whole is in `--json`. */
const mostLines = 12;

/** A measured value in a few lines. What comes from outside in it is cleaned by the caller. */
export function describeFact(facts: Facts, key: FactKey): string[] {
  const lines = describe(key, facts);
  return lines.length <= mostLines
    ? lines
    : [...lines.slice(0, mostLines - 1), `and ${lines.length - mostLines + 1} more, see --json`];
}

const onwardWords = {
  same: ', which passes on what it gets',
  other: ', which speaks for itself with the target',
  none: ', which answers by itself',
  unknown: '',
} as const;

type Describers = { readonly [K in FactKey]?: (value: FactValues[K], facts: Facts) => string[] };

const describers: Describers = {
  'device.limits': limitLines,
  'device.guards': guardLines,
  'device.guardLog': guardLogLines,
  'http.pastShield': pastShieldLines,
  'device.programGuards': programGuardLines,
  'device.counters': counterLines,
  'device.swallowed': swallowedLines,
  'device.socketFile': socketFileLines,
  'device.services': serviceLines,
  'device.binding': bindingLines,
  'connect.held': heldLines,
  'link.owners': linkOwnerLines,
  'path.past': pastLines,
  'path.owners': hopOwnerLines,
  'path.sizes': packetSizeLines,
  quic: quicLines,
  router: routerLines,
  'connect.near': nearLines,
  'portal.announced': (all) => all.map((one) => `${one.url} on ${one.device} (${one.location})`),
  'portal.api': portalLines,
  'quic.references': quicLines,
  clocks: clockLines,
  'device.program': programLines,
  'device.balancer': (all) =>
    all.map(({ protocol, address, port, scheduler, servers }) => {
      const to = servers.map((one) => `${hostPort(one.address, one.port)} weight ${one.weight}`).slice(0, 6);
      return `${protocol} ${hostPort(address, port)} (${scheduler}): ${to.join(', ') || 'no server'}`;
    }),
  'device.containers': containerLines,
  'device.policies': policyLines,
  'connect.otherGroup': otherGroupLines,
  'device.appFirewall': appFirewallLines,
  'device.denials': ({ entries, read, unread }) => [
    `read: ${read.join(', ') || 'nothing'}`,
    ...entries
      .slice(-6)
      .map(
        (one) =>
          `${one.at} ${one.by} ${one.policy ?? ''} ${one.operation}: ${one.process ?? 'unknown'}${one.port === null ? '' : ` port ${one.port}`}`,
      ),
    ...unread.slice(0, 4).map(({ log, why }) => `${log}: ${why}`),
  ],
  'connect.left': (tries) =>
    tries.map(({ address, port, device, opening, frames, answers, failure }) => {
      const heard =
        frames === 0
          ? 'could not be heard'
          : opening === 0
            ? 'none of its packets left'
            : `${opening} of its packets left`;
      return `${hostPort(address, port)} by ${device}: ${heard}, ${answers} answers came; ${failure?.code ?? 'connected'}`;
    }),
  'connect.otherWay': (tries) =>
    tries.map(({ address, port, usual, device, result }) => {
      const end = result.failure?.code ?? 'connected';
      return `${hostPort(address, port)} by ${device} instead of ${usual}: ${end}`;
    }),
  'device.tunnelEnds': tunnelEndLines,
  'device.tunnels': tunnelLines,
  'tunnel.trace': carrierTraceLines,
  'device.vpnProfiles': vpnProfileLines,
  'name.inTunnel': nameLines,
  'device.self': (self) => [
    `${self.platform}, ${self.root ? 'root' : (self.user ?? 'a user')}, sockets: ${self.sockets}${self.reason === undefined ? '' : ` (${self.reason})`}`,
  ],
  'device.interfaces': (interfaces) =>
    interfaces.map((one) => {
      const addresses = one.addresses.map(({ address, prefix }) => `${address}/${prefix}`).join(' ');
      return `${one.name} ${one.up ? 'up' : 'down'}${one.carrier === false ? ', no carrier' : ''} ${addresses}`.trimEnd();
    }),
  'device.routes': (routes) =>
    routes.choices.map((choice) => {
      const how =
        choice.error ??
        `${choice.type}${choice.via === null ? '' : ` via ${choice.via}`}${choice.device === null ? '' : ` on ${choice.device}`}`;
      return `${choice.address}: ${how}${choice.source === null ? '' : ` from ${choice.source}`}`;
    }),
  'device.neighbours': (all) =>
    all.map((one) => `${one.address} on ${one.device}: ${one.state}${one.mac === null ? '' : ` ${one.mac}`}`),
  'device.listeners': ({ listeners }) =>
    listeners.map((one) => `${one.protocol} ${hostPort(one.address, one.port)} ${one.process ?? ''}`.trimEnd()),
  'name.system': ({ addresses, silentMs, unanswered }) => [
    `${addresses.length === 0 ? 'no address' : addresses.join(' ')}${silentMs === undefined ? '' : `, asked once more after ${silentMs} ms of silence`}${unanswered === undefined ? '' : `, asked for IPv${unanswered.family === 6 ? 4 : 6} alone: ${unanswered.resolver} keeps silent about IPv${unanswered.family}`}`,
  ],
  'name.config': ({ resolvers, file }) => [
    resolvers.length === 0
      ? `no resolver in ${file.path}`
      : resolvers.map((one) => `${one.address} (${one.location})`).join(', '),
  ],
  'name.hosts': (lines) =>
    lines.length === 0 ? ['no line for this name'] : lines.map((line) => `${line.location}: ${line.text}`),
  'name.direct': nameLines,
  'name.reference': nameLines,
  'name.redirect': ({ direct, reference }) => [...nameLines(direct), ...(reference ? nameLines(reference) : [])],
  'name.again': nameLines,
  ...nameExperiments,
  'name.meant': ({ candidates }) =>
    candidates.length === 0
      ? ['no well-known name is near it']
      : candidates.map((one) => `${one.name}: ${one.addresses[0] ?? one.failure?.code ?? 'no address'}`),
  'device.browsers': ({ profiles, policies }) => [
    ...profiles.map(
      (one) =>
        `${one.product} ${one.name}${one.inUse ? ' (open in a browser: what was changed just now may not stand in its files yet)' : ''}: ${one.extensions.map(({ name }) => name).join(', ') || 'no extension that blocks'}`,
    ),
    ...profiles.flatMap(({ proxy, secureNames, unreadable }) => [
      ...unreadable.map((file) => `cannot be read: ${file}`),
      ...(proxy ? [`${proxy.location}: proxy ${proxy.text}`] : []),
      ...(secureNames ? [`${secureNames.location}: names by HTTPS ${secureNames.text}`] : []),
    ]),
    ...policies.map((one) => `${one.location}: ${one.name} ${one.entry}`),
  ],
  'browser.trials': ({ product, runs }) =>
    runs.map((one) => {
      const profile =
        one.profile === 'without'
          ? `own profile without ${one.extension ?? (one.setting === 'proxy' ? 'its proxy' : 'its way to ask for names')}`
          : `${one.profile} profile`;
      const { outcome } = one;
      const how =
        outcome.state === 'loaded'
          ? `loads (${outcome.status ?? 'no status'})`
          : outcome.state === 'failed'
            ? outcome.error
            : outcome.why;
      return `${product}, ${profile}: ${how}`;
    }),
  'proxy.desktop': desktopLines,
  'proxy.choice': ({ setting, exempt, script, passedOver }) => {
    const passed = (passedOver ?? []).map((one) => `${proxyName(one)} takes no connection`);
    if (setting) return [...passed, `${proxyName(setting)} by ${setting.name} (${setting.location})`];
    if (script) return [...passed, `none: ${script.url} says ${script.answer ?? script.failure?.why ?? 'nothing'}`];
    return [exempt ? `none: ${exempt.name} holds ${exempt.entry}` : 'none'];
  },
  'proxy.addresses': ({ addresses, nameFailure }) => (nameFailure ? [outcome(nameFailure)] : [...addresses]),
  'proxy.connect': probes,
  'proxy.way': throughProxy,
  'proxy.settings': settingLines,
  'proxy.pac': (outcomes) =>
    outcomes.map(({ url, answer, failure }) => `${url}: ${answer ?? failure?.why ?? 'no answer'}`),
  'proxy.trials': (trials) => trials.flatMap(proxyTrial),
  'proxy.nobody': proxyTrial,
  'proxy.variations': (trials) => trials.flatMap(proxyTrial),
  'connect.direct': ({ nameFailure, connect, tls, http }) => [
    ...(nameFailure ? [`name: ${outcome(nameFailure)}`] : []),
    ...probes(connect),
    ...(tls ? [handshake(tls)] : []),
    ...(http ? [exchange(http)] : []),
  ],
  connect: probes,
  'connect.elsewhere': probes,
  'connect.ports': (controls) => controls.flatMap((control) => control.ports.map(connection)),
  'connect.egress': (tries) =>
    tries.map(
      (one) =>
        `${hostPort(one.address, one.port)}: ${one.answeredBy === null ? 'nobody answered a packet with TTL 1' : `${one.answeredBy} answered a packet with TTL 1`}; datagram: ${outcome(one.datagram ?? undefined)}`,
    ),
  'connect.unrouted': (all) =>
    all.map(({ address, port, device, tries, controls }) => {
      const ends = (some: typeof tries): string =>
        some.map(({ end, from }) => (from === null ? end : `${end} by ${from}`)).join(', ');
      return `${hostPort(address, port)} without a router, by ${device}: ${ends(tries)}; another port: ${ends(controls)}`;
    }),
  'connect.wire': wireLines,
  'connect.reset': (all) =>
    all.map(
      (one) =>
        `${hostPort(one.address, one.port)}: refusal came with TTL ${one.resetTtl ?? '?'}, the host's own with ${one.hostTtl ?? '?'}${one.withoutEcn ? `; without asking for ECN opened ${one.withoutEcn.opened} times of ${one.withoutEcn.tries}` : ''}`,
    ),
  'device.firewall': ({ rules, tables, decisions, problems }) => [
    `${rules} ${rules === 1 ? 'rule' : 'rules'} in ${tables.map((table) => `${table.family} ${table.name}`).join(', ') || 'no table'}`,
    ...decisions.map((one) => `${one.direction} ${hostPort(one.address, one.port)}: ${one.verdict}, ${one.why}`),
    ...problems.map((problem) => `not understood: ${problem}`),
  ],
  inbound: ({ ends, back, units, denied, strict }) => [
    ...ends.map((end) => `${end.address} on ${end.device}`),
    ...(back === null ? [] : [`back to ${back.address}: ${back.error ?? `${back.type} on ${back.device ?? '?'}`}`]),
    ...units.map(({ pid, unit }) => `process ${pid} was started by ${unit}`),
    ...(strict.length === 0 ? [] : [`rp_filter is strict on ${strict.join(', ')}`]),
    ...(denied === null ? [] : [`${denied.location}: ${denied.text}`]),
  ],
  'device.ruleCounts': (all) =>
    all.map(
      ({ address, port, family, table, chain, number, rounds, ended }) =>
        `${family} ${table}, chain ${chain}${number === null ? ', policy' : ` number ${number}`}: ${hostPort(address, port)} tried ${rounds.map(({ tried, counted }) => `${tried} times, counted ${counted}`).join('; ')} (${ended ?? 'not all ended alike'})`,
    ),
  'device.firewallLog': ({ read, blocks, legacy }) => [
    read.length === 0 ? 'no log could be read' : `read: ${read.join(', ')}`,
    ...blocks.map(
      (one) => `${one.count} × ${one.prefix} (${one.direction}) ${hostPort(one.address, one.port)}, ${one.log}`,
    ),
    ...legacy.slice(-3).map((one) => `iptables-legacy: ${one.table} ${one.chain} ${one.kind} ${one.number}`),
  ],
  'device.bans': ({ lists }) =>
    lists.flatMap(({ by, state, why, bans }) => [
      ...(state === 'not-installed' ? [] : [`${by}: ${state}${why === undefined ? '' : `, ${why}`}`]),
      ...bans.map(
        ({ address, list, since, until, forever }) =>
          `${by} bans ${address}: ${list}, ${since ?? '?'} to ${forever ? 'for ever' : (until ?? '?')}`,
      ),
    ]),
  'device.firewallManagers': ({ installed, lines }) => [
    installed.length === 0 ? 'no program that manages a firewall' : `installed: ${installed.join(', ')}`,
    ...lines.map((line) => `${line.location}: ${line.words ?? line.rule}`),
  ],
  'kernel.said': (said) =>
    said.map(({ step, flow: { address, port, stoppedBy } }) =>
      stoppedBy === null
        ? `${step} ${hostPort(address, port)}: no rule stopped what was said`
        : `${step} ${hostPort(address, port)}: ${stoppedBy.verdict} (${stoppedBy.direction}) in ${stoppedBy.family} ${stoppedBy.table} ${stoppedBy.chain}`,
    ),
  'kernel.trace': ({ flows }) =>
    flows.map((flow) => {
      const stop = flow.stoppedBy;
      const where =
        stop === null
          ? `no rule stopped it (${flow.steps} steps)`
          : `${stop.verdict} (${stop.direction}) in ${stop.family} ${stop.table} ${stop.chain}`;
      const lost = flow.answerLost
        ? `; the kernel threw ${flow.answerLost.dropped} of its answers away at our socket: ${flow.answerLost.reason}`
        : flow.lost
          ? `; behind the rules the kernel threw it away: ${flow.lost.join(', ')}`
          : '';
      return `${flow.protocol} ${hostPort(flow.address, flow.port)}: ${where}${lost}`;
    }),
  tls: (tries) => tries.map(handshake),
  'tls.references': (tries) => tries.map((one) => `${one.name}: ${handshake(one)}`),
  'connect.series': (all) =>
    all.map(
      (one) => `${hostPort(one.address, one.port)}: ${one.answered} of ${one.sent} connections in a row got an answer`,
    ),
  'connect.localEnd': (ends) =>
    ends.map(
      ({ address, port, end }) =>
        `${hostPort(address, port)}: ${end === null ? 'ends outside this computer' : `ends at ${hostPort(end.address, end.port)} of this computer${onwardWords[end.onward ?? 'unknown']}`}`,
    ),
  interference: ({ trials, heads }) => [...trials.map(experimentLine), ...headLines(heads)],
  'tls.largeHello': largeHelloLines,
  'service.status': ({ asked, page }) => [
    ...(page
      ? [`${page.url} (${page.form}): ${page.says}, "${page.words}", ${page.updatedAt ?? 'without a time'}`]
      : []),
    ...asked.flatMap(({ url, why }) => (why === undefined ? [] : [`${url}: ${why}`])),
  ],
  'connect.told': (all) =>
    all.map(({ address, from, type, code, ms }) => `${from} of ${address}: ICMP ${type}/${code}, ${time(ms)}`),
  'connect.forged': (all) =>
    all.flatMap((one) => [
      `${hostPort(one.address, one.port)}: opened ${one.opened} times of ${one.tries} with resets thrown away`,
      ...headLines(one.heads),
    ]),
  'tls.pace': ({ rounds }) =>
    rounds.flatMap((round) =>
      [round.same, round.other].map(
        ({ name, bytes, ms, handshakeMs, whole }) =>
          `${name}: ${bytes} bytes in ${time(ms)}${typeof handshakeMs === 'number' ? `, TLS opened after ${time(handshakeMs)}` : ''}${whole ? ', to the end' : ''}`,
      ),
    ),
  'tls.variations': ({ tries }) =>
    tries.map(
      (one) => `${one.variation}: ${handshake(one)}${one.speaks === undefined ? '' : `, it speaks ${one.speaks}`}`,
    ),
  http: (tries) => tries.map(exchange),
  'http.again': (tries) => tries.map(exchange),
  redirects: (hops) =>
    hops.map((hop) => `${hop.url}: ${hop.http ? exchange(hop.http) : outcome(hop.failure ?? hop.nameFailure)}`),
  greeting: (tries) =>
    tries.map(
      (one) =>
        `${hostPort(one.address, one.port)}: ${one.failure ? outcome(one.failure) : (one.protocol ?? 'nothing said')}${one.text === undefined ? '' : `, "${one.text}"`}`,
    ),
  references: (tries) =>
    tries.map(
      (one) =>
        `${one.kind} ${one.name}: ${one.ok ? 'ok' : outcome(one.failure)}${one.status === undefined ? '' : `, status ${one.status}`}, ${time(one.ms)}`,
    ),
  path: (paths) =>
    paths.flatMap((path) => [
      `to ${hostPort(path.address, path.port)}${path.reachedAt === null ? ', not reached' : `, reached at ${path.reachedAt}`}`,
      ...path.hops.map(
        (hop) =>
          `${hop.ttl} ${hop.address ?? '*'}${hop.ms === null ? '' : ` ${time(hop.ms)}`}${hop.icmp ? ` icmp ${hop.icmp.type}/${hop.icmp.code}` : ''}`,
      ),
    ]),
};

function describe<K extends FactKey>(key: K, facts: Facts): string[] {
  const value = fact(facts, key);
  return value === undefined ? [] : (describers[key]?.(value, facts) ?? []);
}

function outcome(failure: Failure | undefined): string {
  if (!failure) return 'ok';
  return `${failure.code}${failure.from === undefined ? '' : ` from ${failure.from}`}${failure.raw === '' ? '' : ` (${failure.raw})`}`;
}

function probes(all: readonly AddressProbe[]): string[] {
  return all.flatMap((probe) => [probe.first, ...probe.repeats].map(connection));
}

function connection(one: ConnectTry): string {
  const icmp = (one.icmp ?? []).map(
    (error) => `${error.origin} ${error.type}/${error.code}${error.from === null ? '' : ` from ${error.from}`}`,
  );
  const extra = [...icmp, one.synchronous && one.failure ? 'no packet was sent' : ''].filter((part) => part !== '');
  const state = one.pending === true ? 'silent so far' : outcome(one.failure);
  return `${hostPort(one.address, one.port)}: ${state}, ${time(one.ms)}${extra.length === 0 ? '' : `, ${extra.join(', ')}`}`;
}

function proxyWay(way: ProxyWay): string[] {
  return [
    ...(way.nameFailure ? [`name: ${outcome(way.nameFailure)}`] : []),
    ...probes(way.connect),
    ...throughProxy(way),
  ];
}

function throughProxy(way: ProxyWay): string[] {
  return [
    ...(way.tls ? [handshake(way.tls)] : []),
    ...way.tunnels.map(
      (one) => `${hostPort(one.address, one.port)}, asked for ${one.to}: ${outcome(one.failure)}, ${time(one.ms)}`,
    ),
  ];
}

function proxyTrial({ way, tls, http }: ProxyTrial): string[] {
  const last = http ? exchange(http) : tls ? handshake(tls) : (proxyWay(way).at(-1) ?? 'nothing');
  return [`${proxyName(way.setting)}: ${last}`];
}

function handshake(one: TlsTry): string {
  const leaf = one.chain[0];
  const certificate = leaf ? `, certificate ${leaf.subject} from ${leaf.issuer} until ${leaf.notAfter}` : '';
  const faults = one.faults.map((fault) => fault.code).join(', ');
  return `${hostPort(one.address, one.port)}: ${one.failure ? outcome(one.failure) : (one.version ?? 'ok')}${faults === '' ? '' : `, faults: ${faults}`}, ${time(one.ms)}${certificate}`;
}

function exchange(one: HttpTry): string {
  const status = one.status === undefined ? '' : `HTTP ${one.status} ${one.reason ?? ''}`.trim();
  const place = one.location === undefined ? '' : `, leads to ${one.location}`;
  return `${one.url}: ${[status, one.failure ? outcome(one.failure) : ''].filter((part) => part !== '').join(', ')}${place}, ${time(one.ms)}`;
}
