// What is asked: five states of one target, each made in the same world, and how long the answer may take.
import { filterRule, type Step } from '../lab/world/steps.js';
import type { Machine } from '../lab/world/topology.js';

export interface Situation {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly port: number;
  /** Makes it so; empty when nothing is broken. */
  readonly break: readonly Step[];
  /** The machine whose rules are flushed afterwards. */
  readonly broken: Machine | null;
  /** Milliseconds that the command may take, its start included. */
  readonly aimMs: number;
  /** Any of these is a right answer. Anything else makes the figures worthless, and the run fails. */
  readonly causes: readonly string[];
}

const host = 'shop.example.com';

export const situations: readonly Situation[] = [
  {
    id: 'healthy',
    title: 'A healthy HTTPS target',
    url: `https://${host}/`,
    port: 443,
    break: [],
    broken: null,
    aimMs: 150,
    causes: ['reachable'],
  },
  {
    id: 'refused',
    title: 'A closed port: refused by a reset',
    url: `https://${host}:8443/`,
    port: 8443,
    break: [],
    broken: null,
    aimMs: 120,
    causes: ['nothing-listening', 'undetermined'],
  },
  {
    id: 'icmp-reject',
    title: "The provider's router rejects by ICMP",
    url: `https://${host}/`,
    port: 443,
    break: [
      filterRule('provider', 'forward', 'tcp dport 443 reject with icmpx type admin-prohibited', {
        labelText: 'tcp dport 443',
      }),
    ],
    broken: 'provider',
    aimMs: 150,
    causes: ['rejected-by-hop'],
  },
  {
    id: 'local-drop',
    title: "A rule of this device's own firewall drops in silence",
    url: `https://${host}/`,
    port: 443,
    break: [filterRule('device', 'output', 'tcp dport 443 drop')],
    broken: 'device',
    aimMs: 2500,
    causes: ['local-firewall'],
  },
  {
    id: 'remote-drop',
    title: 'The server drops the port in silence, others answer',
    url: `https://${host}/`,
    port: 443,
    break: [filterRule('server', 'input', 'tcp dport 443 drop')],
    broken: 'server',
    aimMs: 2500,
    causes: ['server-firewall', 'dropped-on-path', 'undetermined'],
  },
];

/** Bytes that the command may hold at its peak, NODE_EXTRA_CA_CERTS unset. */
export const aimMemory = 100 * 1024 * 1024;
