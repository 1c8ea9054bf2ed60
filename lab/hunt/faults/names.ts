// Names: resolvers, their answers, and this device's own files.
import type { DnsBehaviour, Records, Service } from '../../services/description.js';
import { answerNames, type Draft } from '../world/draft.js';
import { matchOf, nftStop } from '../world/rule.js';
import { addressesOf } from '../world/network.js';
import type { Fault, Faults } from './fault.js';
import { nft } from '../../world/steps.js';

/** Changes what the zone says of the target's name, everywhere or at the device's own resolver alone. */
function zoneSays(draft: Draft, records: Records | null, where: 'everywhere' | 'own'): void {
  const { host } = draft.aim;
  const change = (service: Service): Service => {
    if (service.kind !== 'dns') return service;
    const { [host]: _, ...others } = service.zone;
    return { ...service, zone: records === null ? others : { ...others, [host]: records } };
  };
  answerNames(draft, (services) => services.map(change));
  if (where === 'everywhere') draft.services.reference = (draft.services.reference ?? []).map(change);
}

function missingName(draft: Draft): string {
  const way = draft.random.pick(['nxdomain', 'no address'] as const);
  zoneSays(draft, way === 'nxdomain' ? null : { TXT: ['v=spf1 -all'] }, 'everywhere');
  return `name: ${way}`;
}

function filtered(draft: Draft): string {
  const { random, aim } = draft;
  const zero: Records = {
    ...(aim.families.includes(4) ? { A: ['0.0.0.0'] } : {}),
    ...(aim.families.includes(6) ? { AAAA: ['::'] } : {}),
  };
  const ways: readonly (readonly [string, Records | null])[] = [
    ['nxdomain', null],
    ['zero', zero],
    ['refused', { behaviour: { rcode: 5 } }],
    ['blocked', { behaviour: { rcode: 3, extendedError: [15, 'blocked by policy'] } }],
    ['censored', { behaviour: { rcode: 3, extendedError: [16, 'court order 12'] } }],
    ['filtered', { ...zero, behaviour: { extendedError: [17, 'by request'] } }],
  ];
  const [what, records] = random.pick(ways);
  zoneSays(draft, records, 'own');
  return `name filtered at the own resolver: ${what}`;
}

function failing(draft: Draft): string {
  const { random } = draft;
  const ways: readonly (readonly [string, DnsBehaviour])[] = [
    ['servfail', { rcode: 2 }],
    ['refuses', { rcode: 5 }],
    ['silent', { silent: true }],
    ['garbage', { garbage: 'AAAA' }],
    ['answers for another name', { answersForName: 'other.example.com' }],
  ];
  const [what, behaviour] = random.pick(ways);
  answerNames(draft, (services) =>
    services.map((service) => (service.kind === 'dns' ? { ...service, behaviour } : service)),
  );
  return `resolver ${what}`;
}

function absent(draft: Draft): string {
  const { random, network, files } = draft;
  const way = random.pick(['not running', 'no such host', 'stub dead', 'not configured', 'edge of nowhere'] as const);
  const [family = 4] = network.families;
  if (way === 'not running') answerNames(draft, (services) => services.filter((service) => service.kind !== 'dns'));
  const dead = { 4: '203.0.113.60', 6: '2001:db8:113:53::60' }[family];
  const nowhere = { 4: '198.18.5.5', 6: '2001:db8:dead::5' }[family];
  const line = {
    'not running': files.resolvConf ?? '',
    'no such host': `nameserver ${dead}\n`,
    'stub dead': 'nameserver 127.0.0.53\noptions edns0\n',
    'not configured': '# empty\n',
    'edge of nowhere': `nameserver ${nowhere}\n`,
  }[way];
  draft.files = { ...files, resolvConf: line };
  return `resolver ${way}`;
}

function hosts(draft: Draft): string {
  const { random, network, aim, files } = draft;
  const [family = 4] = aim.families;
  const prefix = family === 4 ? '198.51.100.' : '2001:db8:100::';
  const ways = {
    dead: `${prefix}${family === 4 ? 240 + random.below(10) : `9${random.below(9)}`}`,
    loopback: family === 4 ? '127.0.0.1' : '::1',
    zero: family === 4 ? '0.0.0.0' : '::',
    router:
      addressesOf(network, network.routers[0] ?? 'home').find((one) => one.includes(':') === (family === 6)) ?? '',
  };
  const way = random.pick(Object.keys(ways) as (keyof typeof ways)[]);
  const lines = [...(files.hosts ?? '').trimEnd().split('\n'), ...(random.chance(0.5) ? ['# from the migration'] : [])];
  draft.files = { ...files, hosts: `${lines.join('\n')}\n${ways[way]} ${aim.host}\n` };
  return `hosts line ${way}`;
}

/** What is sent to port 53 is stopped: on this device, or by the first router. */
function port53(draft: Draft): string {
  const { random, network } = draft;
  const on = random.pick(['device', network.routers[0] ?? 'home'] as const);
  const own = on !== 'device' && network.resolverOn === on;
  const hook = on === 'device' ? 'output' : own ? 'input' : 'forward';
  const stop = random.pick(['drop', 'drop', 'reject with icmpx type admin-prohibited', 'reject']);
  draft.steps.push(
    nft(
      on,
      `table inet names${random.below(90)} {\n chain ${hook}x {\n  type filter hook ${hook} priority 0; policy accept;\n  udp dport 53 counter ${stop}\n  tcp dport 53 counter ${stop}\n }\n}\n`,
    ),
  );
  return `${on} ${hook} port 53 ${stop}`;
}

/** A rule for the names' port that catches TCP alone: nothing is wrong for whoever asks by UDP. */
export function port53Tcp(draft: Draft): string {
  draft.steps.push(nftStop(draft.random, 'device', 'output', { ...matchOf(draft, 'port'), port: 53 }, 'drop'));
  return 'a rule against names by TCP';
}

/** The first router catches questions, whoever they are for, and answers for this name in its own way. */
function hijack(draft: Draft): string | null {
  const { random, network, names: zone, aim, services } = draft;
  const [on = 'home'] = network.routers;
  if (aim.literal || network.resolverOn === on) return null;
  const { [aim.host]: _, ...others } = zone;
  const dead: Records = {
    ...(aim.families.includes(4) ? { A: ['198.51.100.251'] } : {}),
    ...(aim.families.includes(6) ? { AAAA: ['2001:db8:100::fb'] } : {}),
  };
  const way = random.pick(['denies', 'leads astray'] as const);
  services[on] = [
    ...(services[on] ?? []),
    { kind: 'dns', port: 5300, zone: way === 'denies' ? others : { ...others, [aim.host]: dead } },
  ];
  draft.steps.push(
    nft(
      on,
      `table inet catch {\n chain pre {\n  type nat hook prerouting priority dstnat; policy accept;\n  iifname "lan" udp dport 53 counter redirect to :5300\n  iifname "lan" tcp dport 53 counter redirect to :5300\n }\n}\n`,
    ),
  );
  return `${on} answers for every resolver: ${way}`;
}

const ofName =
  (fault: (draft: Draft) => string): Fault =>
  (draft) =>
    draft.aim.literal ? null : fault(draft);

export const names: Faults = [
  [1, ofName(missingName)],
  [2, ofName(filtered)],
  [2, ofName(failing)],
  [1.5, ofName(absent)],
  [1.5, ofName(hosts)],
  [1.5, ofName(port53)],
  [1, hijack],
];
