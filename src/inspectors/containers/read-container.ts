import type { ContainerFact, ContainerNetwork } from '../../model/container-facts.js';
import { textAt, valueAt } from './engine-api.js';

const mostNetworks = 32;
const mostPorts = 64;
const mostNames = 16;

/** One answer of `/containers/ID/json` (Docker Engine API); null for what is none. */
export function containerOf(answer: unknown): ContainerFact | null {
  const id = textAt(answer, 'Id');
  const name = (textAt(answer, 'Name') ?? '').replace(/^\//, '');
  const state = valueAt(answer, 'State');
  if (id === undefined || !/^[0-9a-f]{12,64}$/.test(id) || !isName(name)) return null;
  const config = valueAt(answer, 'Config');
  const labels = valueAt(config, 'Labels');
  const settings = valueAt(answer, 'NetworkSettings');
  const pid = numberAt(state, 'Pid');
  const error = textAt(state, 'Error') ?? '';
  return {
    id: id.slice(0, 12),
    name,
    service: named(textAt(labels, 'com.docker.compose.service')),
    project: named(textAt(labels, 'com.docker.compose.project')),
    state: (textAt(state, 'Status') ?? 'unknown').slice(0, 20),
    exitCode: numberAt(state, 'ExitCode'),
    outOfMemory: valueAt(state, 'OOMKilled') === true,
    health: textAt(valueAt(state, 'Health'), 'Status')?.slice(0, 20) ?? null,
    pid: pid === null || pid <= 0 ? null : pid,
    mode: (textAt(valueAt(answer, 'HostConfig'), 'NetworkMode') ?? '').slice(0, 100),
    networks: entriesOf(valueAt(settings, 'Networks'), mostNetworks).map(([network, value]) => ({
      name: network.slice(0, 100),
      addresses: ['IPAddress', 'GlobalIPv6Address'].flatMap((key) => textAt(value, key) || []).slice(0, 4),
      names: [...listAt(value, 'Aliases'), ...listAt(value, 'DNSNames')].filter(isName).slice(0, mostNames),
    })),
    ports: portsOf(config, valueAt(settings, 'Ports'), valueAt(valueAt(answer, 'HostConfig'), 'PortBindings')),
    error: error === '' ? null : error.slice(0, 300),
  };
}

/** Those that the image or the call names, with what they are bound to; of one that does not run, what it asks for. */
function portsOf(config: unknown, bound: unknown, asked: unknown): ContainerFact['ports'] {
  const keys = [valueAt(config, 'ExposedPorts'), bound, asked].flatMap((one) =>
    entriesOf(one, mostPorts).map(([key]) => key),
  );
  return [...new Set(keys)].slice(0, mostPorts).flatMap((key) => {
    const [, port = '', protocol = ''] = /^(\d{1,5})\/(tcp|udp|sctp)$/.exec(key) ?? [];
    if (port === '') return [];
    const hosts = [bound, asked].map((one) => valueAt(one, key)).find((one) => Array.isArray(one) && one.length > 0);
    const published = (Array.isArray(hosts) ? hosts : []).slice(0, 8).flatMap((host: unknown) => {
      const at = Number(textAt(host, 'HostPort'));
      return at > 0 ? [{ address: textAt(host, 'HostIp') || '0.0.0.0', port: at }] : [];
    });
    return [{ port: Number(port), protocol, published }];
  });
}

/** One entry of `/networks`. */
export function networkOf(answer: unknown): ContainerNetwork | null {
  const name = textAt(answer, 'Name');
  if (name === undefined) return null;
  const ranges = valueAt(valueAt(answer, 'IPAM'), 'Config');
  return {
    name: name.slice(0, 100),
    driver: (textAt(answer, 'Driver') ?? '').slice(0, 40),
    subnets: (Array.isArray(ranges) ? ranges : [])
      .slice(0, 8)
      .flatMap((range: unknown) => textAt(range, 'Subnet')?.slice(0, 60) ?? []),
    internal: valueAt(answer, 'Internal') === true,
  };
}

function entriesOf(object: unknown, most: number): [string, unknown][] {
  return typeof object === 'object' && object !== null ? Object.entries(object).slice(0, most) : [];
}

function listAt(object: unknown, key: string): string[] {
  const value = valueAt(object, key);
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function numberAt(object: unknown, key: string): number | null {
  const value = valueAt(object, key);
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}

function isName(text: string): boolean {
  return /^[a-zA-Z0-9][\w.-]{0,127}$/.test(text);
}

function named(text: string | undefined): string | null {
  return text !== undefined && isName(text) ? text : null;
}
