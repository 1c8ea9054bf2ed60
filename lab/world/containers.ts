// An engine of containers that gives what a scenario says, and processes that stand for containers: where the real engine
// cannot run, its interface and namespaces are all that the command looks at.
import { labProgram } from './places.js';
import type { DaemonStep } from './steps.js';
import type { Machine } from './topology.js';

export interface LabContainer {
  name: string;
  /** Of which service of a compose file it is. */
  service?: string;
  health?: string;
  state?: string;
  exitCode?: number;
  /** Label of the process that stands for it. */
  pid?: string;
  mode?: string;
  networks?: Readonly<Record<string, string>>;
  exposes?: readonly number[];
  /** Inside port to `address:port` of the device. */
  publishes?: Readonly<Record<number, string>>;
}

const engineScript = labProgram('engine.py');

/** Where the command finds it. */
export const engineEnvironment = { DOCKER_HOST: 'unix://{world}/docker.sock' };

/** The engine itself, with all that it knows. `raw` stands in for answers that are none. */
export function engine(containers: readonly LabContainer[], raw: Readonly<Record<string, string>> = {}): DaemonStep {
  const idOf = (at: number): string =>
    String(at + 1)
      .repeat(64)
      .slice(0, 64);
  const answers = Object.fromEntries(
    containers.map((one, at) => [`/containers/${idOf(at)}/json`, answerOf(one, idOf(at))]),
  );
  const list = containers.map((one, at) => ({ Id: idOf(at), Names: [`/${one.name}`] }));
  const networks = [...new Set(containers.flatMap((one) => Object.keys(one.networks ?? {})))];
  const all = {
    ...answers,
    '/containers/json?all=1': list,
    '/networks': networks.map((name) => ({ Name: name, Driver: 'bridge', IPAM: { Config: [] }, Internal: false })),
    ...raw,
  };
  return {
    do: 'daemon',
    on: 'device',
    line: ['python3', engineScript, '{world}/docker.sock', '{dir}/answers.json'],
    files: { '{dir}/answers.json': JSON.stringify(all) },
    ready: { file: '{world}/docker.sock' },
  };
}

function answerOf(one: LabContainer, id: string): unknown {
  const { name, state = 'running', exitCode = 0, networks = {}, exposes = [], publishes = {} } = one;
  const ports = Object.fromEntries(
    [...exposes, ...Object.keys(publishes).map(Number)].map((port) => {
      const at = publishes[port]?.lastIndexOf(':') ?? -1;
      const host =
        publishes[port] === undefined
          ? null
          : [{ HostIp: publishes[port].slice(0, at), HostPort: publishes[port].slice(at + 1) }];
      return [`${port}/tcp`, host];
    }),
  );
  return {
    Id: id,
    Name: `/${name}`,
    State: {
      Status: state,
      ExitCode: exitCode,
      Pid: one.pid === undefined ? 0 : `{pid:${one.pid}}`,
      OOMKilled: false,
      ...(one.health === undefined ? {} : { Health: { Status: one.health } }),
      Error: '',
    },
    Config: {
      Labels: one.service === undefined ? {} : { 'com.docker.compose.service': one.service },
      ExposedPorts: Object.fromEntries(exposes.map((port) => [`${port}/tcp`, {}])),
    },
    HostConfig: { NetworkMode: one.mode ?? Object.keys(networks)[0] ?? 'bridge', PortBindings: {} },
    NetworkSettings: {
      Ports: ports,
      Networks: Object.fromEntries(
        Object.entries(networks).map(([network, address]) => [network, { IPAddress: address, Aliases: [name] }]),
      ),
    },
  };
}

/** A process that stands for a container: in the network of that machine, with files of its own. */
export function inContainer(
  label: string,
  on: Machine,
  resolvConf: string,
  hosts = '127.0.0.1\tlocalhost\n',
): DaemonStep {
  const text =
    'mount --bind "$0/resolv.conf" /etc/resolv.conf && mount --bind "$0/hosts" /etc/hosts && touch "$0/ready" && exec sleep 3600';
  return {
    do: 'daemon',
    on,
    line: ['unshare', '-m', 'sh', '-c', text, '{dir}'],
    files: { '{dir}/resolv.conf': resolvConf, '{dir}/hosts': hosts },
    ready: { file: '{dir}/ready' },
    label,
  };
}
