import { canonical, familyOf, scopeOf } from '../../model/address.js';
import { fact, type Facts, type ListenerFact, type RouteChoice } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { type InboundContainer, type InboundEnd, type InboundFact, isVirtual } from '../../model/inbound.js';
import { known, skipped } from '../../model/observed.js';
import type { System } from '../../model/system.js';
import { routesFrom } from '../routes/routes.js';
import { halfOpenOn } from './half-open.js';
import { wrapperMatch } from './tcp-wrappers.js';
import { wayIn } from './way-in.js';

const mostEnds = 4;
const mostPrograms = 8;
const mostElsewhere = 64;

/** For `whoblocked inbound`: where others come in, the way back to them, and who else is asked before they are let in. */
export const inbound: Gatherer<'inbound'> = {
  fact: 'inbound',
  needs: ['device.listeners', 'device.interfaces', 'device.namespaces'],
  base: true,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  when: ({ target }) => (target.inbound ? null : 'nobody asked about what comes in'),
  async gather(facts, context) {
    const question = facts.target.inbound;
    if (!question) return skipped('nobody asked about what comes in');
    const { system } = context;
    const { port } = facts.target;
    const listeners = (fact(facts, 'device.listeners')?.listeners ?? []).filter(
      (one) => one.protocol === question.protocol && one.port === port,
    );
    const [back, units, containers, denied, halfOpen] = await Promise.all([
      question.from === null ? null : wayBack(question.from, facts, context),
      unitsOf(listeners, system),
      question.protocol === 'udp' ? [] : containersOf(facts, system),
      question.from === null || question.protocol === 'udp' ? null : deniedBy(question.from, listeners, system),
      question.protocol === 'udp' || listeners.length === 0 ? null : halfOpenOn(port, system, context.signal),
    ]);
    const ends = endsOf(question.from, back, facts);
    const answered = question.from === null ? null : await wayOfAnswer(question.from, back, ends, facts, context);
    const [strict, more] = await Promise.all([
      strictOn([...new Set(ends.map((end) => end.device))], question.from, system),
      wayIn(ends, listeners, system, context.signal),
    ]);
    const looked = { units, containers, denied, halfOpen, ...more };
    const value: InboundFact = { ...question, port, ends, back: answered, strict, ...looked };
    return known(value, '/proc, ip route');
  },
};

/** As a diagnosis towards the other side would find it, or with an address of this device as the sender already. */
async function wayBack(from: string, facts: Facts, context: Context, source?: string): Promise<RouteChoice | null> {
  const target = { ...facts.target, host: from, literal: familyOf(from) };
  const measured = await routesFrom(source, { target }, context);
  if (measured.state !== 'known') return null;
  return measured.value.choices.find((choice) => choice.address === canonical(from)) ?? null;
}

/** An answer bears the address that was asked: rules of routing by sender hold for it (inet_csk_route_req). */
async function wayOfAnswer(
  from: string,
  back: RouteChoice | null,
  [end]: readonly InboundEnd[],
  facts: Facts,
  context: Context,
): Promise<RouteChoice | null> {
  if (end === undefined || back === null || back.type === 'local') return back;
  return (await wayBack(from, facts, context, end.address)) ?? back;
}

/** The address that answers would have comes first; only those of the other side's family, where one is given. */
function endsOf(from: string | null, back: RouteChoice | null, facts: Facts): InboundEnd[] {
  const family = from === null ? 0 : familyOf(from);
  const isNear = from !== null && scopeOf(from) === 'loopback';
  const all = (fact(facts, 'device.interfaces') ?? [])
    .filter((one) => one.up)
    .flatMap(({ name, addresses }) =>
      addresses.map(({ address }) => ({ address: address.split('%')[0] ?? '', device: name })),
    )
    .filter(({ address }) => family === 0 || familyOf(address) === family)
    .filter(({ address }) => (scopeOf(address) === 'loopback') === isNear && scopeOf(address) !== 'link-local');
  const rank = ({ address, device }: InboundEnd): number =>
    (address === back?.source ? 0 : device === back?.device ? 1 : 2) + (isVirtual(device) ? 4 : 0);
  const sorted = all.toSorted((a, b) => rank(a) - rank(b));
  // One of each family before the second of any.
  const first = [4, 6].flatMap((one) => sorted.find(({ address }) => familyOf(address) === one) ?? []);
  return [...first, ...sorted.filter((one) => !first.includes(one))].slice(0, mostEnds);
}

/** `0::/system.slice/nginx.service`: the unit that started a program (systemd.resource-control(5)). */
async function unitsOf(listeners: readonly ListenerFact[], system: System): Promise<InboundFact['units']> {
  const pids = [...new Set(listeners.flatMap(({ pid }) => pid ?? []))].slice(0, mostPrograms);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const unit = /([\w@.:\\-]+\.(?:service|socket))(?:\/|$)/m.exec(await textOf(`/proc/${pid}/cgroup`, system))?.[1];
      return unit === undefined ? [] : [{ pid, unit }];
    }),
  );
  return found.flat();
}

const engines: readonly (readonly [string, RegExp])[] = [
  ['kubernetes', /kubepods.*?([0-9a-f]{12})[0-9a-f]{52}/],
  ['podman', /libpod-([0-9a-f]{12})[0-9a-f]{52}/],
  ['docker', /docker[-/]([0-9a-f]{12})[0-9a-f]{52}/],
  ['lxc', /\/lxc(?:\.payload\.|\/)([\w-]{1,40})/],
];

/** Which container a program of another network belongs to, by the name of its control group. */
async function containersOf(facts: Facts, system: System): Promise<InboundContainer[]> {
  const found = (fact(facts, 'device.namespaces')?.listeners ?? []).slice(0, mostElsewhere);
  const known = await Promise.all(
    found.map(async ({ pid, process, address }) => {
      const groups = await textOf(`/proc/${pid}/cgroup`, system);
      for (const [engine, pattern] of engines) {
        const id = pattern.exec(groups)?.[1];
        if (id !== undefined) return [{ pid, process, address, engine, id }];
      }
      return [];
    }),
  );
  return known.flat().slice(0, mostPrograms);
}

/** hosts.allow is asked first, then hosts.deny, and what neither names is let in. Only programs with libwrap ask at all. */
async function deniedBy(
  from: string,
  listeners: readonly ListenerFact[],
  system: System,
): Promise<InboundFact['denied']> {
  const asking: string[] = [];
  for (const { pid, process } of listeners.slice(0, mostPrograms)) {
    if (pid === null || process === null) continue;
    if ((await textOf(`/proc/${pid}/maps`, system, 1024 * 1024)).includes('libwrap.so')) asking.push(process);
  }
  if (asking.length === 0) return null;
  const [allow, deny] = await Promise.all([textOf('/etc/hosts.allow', system), textOf('/etc/hosts.deny', system)]);
  for (const process of asking) {
    const allowed = wrapperMatch(allow, process, from, true);
    const found = allowed ?? wrapperMatch(deny, process, from, false);
    if (!found || found.allows) continue;
    const file = allowed ? '/etc/hosts.allow' : '/etc/hosts.deny';
    return { text: found.text, location: `${file}:${found.line}`, process };
  }
  return null;
}

/** The greater of the setting for all and that of the interface counts (ip-sysctl, rp_filter); IPv6 has none. */
async function strictOn(devices: readonly string[], from: string | null, system: System): Promise<string[]> {
  if (from !== null && familyOf(from) === 6) return [];
  const modeOf = async (name: string): Promise<number> =>
    Number((await textOf(`/proc/sys/net/ipv4/conf/${name}/rp_filter`, system)).trim());
  const all = await modeOf('all');
  const modes = await Promise.all(devices.map(async (name) => ({ name, mode: Math.max(all, await modeOf(name)) })));
  return modes.filter(({ mode }) => mode === 1).map(({ name }) => name);
}

async function textOf(path: string, system: System, maxBytes = 256 * 1024): Promise<string> {
  const file = await system.files.read(path, maxBytes);
  return file.ok ? Buffer.from(file.bytes).toString('utf8') : '';
}
