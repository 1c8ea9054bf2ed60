// A case while it is drawn: what is typed, what serves, and the steps that faults and distractors add.
import type { Answer, Services, Service, Zone } from '../../services/description.js';
import { https, http, ssh } from '../../world/internet.js';
import type { Identity } from '../../run/options.js';
import type { Need } from '../../world/capabilities.js';
import type { DeviceFiles } from '../../world/device-files.js';
import type { Step } from '../../world/steps.js';
import type { Machine } from '../../world/topology.js';
import type { Random } from '../../firewall/random.js';
import type { Family, Network } from './network.js';

export interface Aim {
  readonly scheme: 'https' | 'http' | 'tcp';
  readonly host: string;
  readonly port: number;
  /** Families of the name's addresses. */
  readonly families: readonly Family[];
  /** `host` is an address: no name is asked for. */
  readonly literal: boolean;
}

export interface Draft {
  readonly network: Network;
  readonly random: Random;
  readonly as: Identity;
  aim: Aim;
  services: Partial<Record<Machine, Service[]>>;
  names: Zone;
  files: DeviceFiles;
  environment: Record<string, string>;
  steps: Step[];
  needs: Need[];
  /** What was meant, for people: never used to tell what is right. */
  fault: string;
  distractors: string[];
}

export const WELCOME: Answer = {
  status: '200 OK',
  headers: ['Content-Type: text/html; charset=utf-8', 'Server: lab'],
  body: '<!doctype html><title>Shop</title><p>Welcome.</p>\n',
};

const NAME: Readonly<Record<string, string>> = {
  '4': 'four.example.com',
  '6': 'six.example.com',
  '46': 'shop.example.com',
};

export function drawAim({ families, server }: Network, random: Random): Aim {
  const own = families.length === 2 ? random.pick<readonly Family[]>([[4, 6], [4, 6], [4], [6]]) : families;
  const host = NAME[own.join('')] ?? 'shop.example.com';
  const scheme = random.pick(['https', 'https', 'http', 'tcp'] as const);
  const port = random.chance(0.7)
    ? { https: 443, http: 80, tcp: 22 }[scheme]
    : random.pick({ https: [8443, 9443, 4433], http: [8080, 8000, 3000], tcp: [2222, 7000, 5022] }[scheme]);
  // A certificate for the name does not hold for the address.
  if (scheme !== 'https' && random.chance(0.2)) {
    const family = random.pick(own);
    return { scheme, host: server[family], port, families: [family], literal: true };
  }
  return { scheme, host, port, families: own, literal: false };
}

/** As a user types it. */
export function typed({ scheme, host: bare, port }: Aim): string {
  const host = bare.includes(':') ? `[${bare}]` : bare;
  if (scheme === 'tcp') return `${host}:${port}`;
  return port === { https: 443, http: 80 }[scheme] ? `${scheme}://${host}/` : `${scheme}://${host}:${port}/`;
}

/** The service that the target is, when nothing is wrong with it. */
export function serviceFor({ scheme, port }: Aim, answer: Answer = WELCOME): Service {
  if (scheme === 'https') return https({}, answer, port);
  return scheme === 'http' ? http(answer, port) : ssh(port);
}

/** What else the server offers: a port that answers tells a silent machine from a silent port. */
function besides({ port }: Aim, random: Random): Service[] {
  const others: Service[] = [ssh(), http(WELCOME, 80), https({}, WELCOME, 443)];
  return others.filter((service) => service.port !== port && random.chance(0.6));
}

export function namesOf({ server, reference }: Network): Zone {
  return {
    'example.com': { A: [server[4]], AAAA: [server[6]] },
    'shop.example.com': { A: [server[4]], AAAA: [server[6]] },
    'four.example.com': { A: [server[4]] },
    'six.example.com': { AAAA: [server[6]] },
    'www.example.net': { A: [reference[4]], AAAA: [reference[6]] },
    'connectivity.example.net': { A: [reference[4]], AAAA: [reference[6]] },
  };
}

function referenceServices({ referenceResolver, reference }: Network, names: Zone): Service[] {
  const addresses = [reference[4], reference[6]];
  const resolverAddresses = [referenceResolver[4], referenceResolver[6]];
  return [
    // Public resolvers answer to HTTPS as well.
    { ...https({ names: ['dns.example.net'] }, WELCOME), addresses: resolverAddresses },
    { kind: 'dns', port: 53, zone: names, addresses: [referenceResolver[4], referenceResolver[6]] },
    { ...https({ names: ['www.example.net', 'connectivity.example.net'] }, WELCOME), addresses },
    {
      kind: 'http',
      port: 80,
      addresses,
      routes: {
        '/success.txt': { status: '200 OK', headers: ['Content-Type: text/plain'], body: 'success' },
        '*': WELCOME,
      },
    },
  ];
}

export function newDraft(network: Network, random: Random, as: Identity): Draft {
  const aim = drawAim(network, random);
  const names = namesOf(network);
  const services: Partial<Record<Machine, Service[]>> = {
    server: [serviceFor(aim), ...besides(aim, random)],
    reference: referenceServices(network, names),
  };
  services[network.resolverOn] = [
    ...(services[network.resolverOn] ?? []),
    { kind: 'dns', port: 53, zone: names, addresses: [network.resolver[4], network.resolver[6]] },
  ];
  const own = network.families.map((family) => `nameserver ${network.resolver[family]}\n`);
  return {
    network,
    random,
    as,
    aim,
    services,
    names,
    files: {
      resolvConf: own[0] ?? '',
      hosts: `127.0.0.1\tlocalhost\n::1\tlocalhost\n${network.device[4]}\tdevice\n`,
    },
    environment: {},
    steps: network.translates ? [masquerade(network)] : [],
    needs: ['nft'],
    fault: 'none',
    distractors: [],
  };
}

function masquerade({ outward, routers: [first = 'home'], lan }: Network): Step {
  const out = outward[first] ?? 'servers';
  return {
    do: 'nft',
    on: first,
    ruleset: `table ip nat { chain post { type nat hook postrouting priority srcnat; policy accept; oifname != "lan" ip saddr ${lan[4]} masquerade comment "${out}"; }; }\n`,
    labels: {},
  };
}

/** Replaces the target's own service. */
export function serve(draft: Draft, service: Service | null): void {
  const { port } = draft.aim;
  const others = (draft.services.server ?? []).filter((one) => one.port !== port);
  draft.services.server = service === null ? others : [service, ...others];
}

/** Replaces what answers for names at the device's own resolver. */
export function answerNames(draft: Draft, change: (services: Services) => Service[]): void {
  const on = draft.network.resolverOn;
  draft.services[on] = change(draft.services[on] ?? []);
}
