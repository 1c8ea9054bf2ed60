import { Cannot } from '../../model/cannot.js';
import type { Connector } from '../../model/route-operations.js';
import { cells } from '../network-manager/nmcli.js';
import type { Hands } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';

/** A client of DHCP asks for up to half a minute; NetworkManager waits for it. */
const bounds = { timeoutMs: 60_000, maxBytes: 256 * 1024 };

/** All that is ever started here. */
type Program = 'nmcli' | 'networkctl' | 'dhclient' | 'udhcpc' | 'dhcpcd' | 'kill';
type Words = readonly [Program, ...string[]];

interface Known {
  /** `runs`: whether it looks after that interface now. */
  connect(device: string, runs: boolean): Words;
  /** Ends what `connect` began, where it did not run before; null where there is nothing to end. */
  end(device: string): Words | null;
  /** Files in which it tells its process, by the names that Debian and its own manual give them. */
  pidFiles(device: string): readonly string[];
  process: string;
}

const known: Readonly<Record<Connector, Known>> = {
  NetworkManager: {
    connect: (device) => ['nmcli', 'device', 'connect', device],
    end: (device) => ['nmcli', 'device', 'disconnect', device],
    pidFiles: () => [],
    process: '',
  },
  'networkd-up': {
    connect: (device) => ['networkctl', 'up', device],
    end: () => null,
    pidFiles: () => [],
    process: '',
  },
  // `renew` asks from the address that it had: where that is gone, nothing comes of it (measured, 252).
  'networkd-reconfigure': {
    connect: (device) => ['networkctl', 'reconfigure', device],
    end: () => null,
    pidFiles: () => [],
    process: '',
  },
  // A second one by the same file ends the first (dhclient(8)), without giving the lease back.
  dhclient: {
    connect: (device) => ['dhclient', '-1', ...dhclientFiles(device), device],
    end: (device) => ['dhclient', '-x', ...dhclientFiles(device), device],
    pidFiles: (device) => [`/run/dhclient.${device}.pid`],
    process: 'dhclient',
  },
  // One that runs renews by a signal.
  udhcpc: {
    connect: (device) => ['udhcpc', '-n', '-p', `/run/udhcpc.${device}.pid`, '-i', device],
    end: () => null,
    pidFiles: (device) => [`/run/udhcpc.${device}.pid`],
    process: 'udhcpc',
  },
  dhcpcd: {
    connect: (device, runs) => ['dhcpcd', ...(runs ? ['-n'] : []), device],
    end: (device) => ['dhcpcd', '-x', device],
    pidFiles: (device) => [
      '/run/dhcpcd/pid',
      '/run/dhcpcd.pid',
      `/run/dhcpcd/${device}.pid`,
      `/run/dhcpcd-${device}.pid`,
    ],
    process: 'dhcpcd',
  },
};

export function connectWords(by: Connector, device: string, runs: boolean): Words {
  return by === 'udhcpc' && runs ? ['kill', '-USR1', 'the process of udhcpc'] : known[by].connect(device, runs);
}

/** Whether it looks after the interface right now. */
export async function doesRun(by: Connector, device: string, hands: Hands): Promise<boolean> {
  if (by === 'NetworkManager') return (await stateInNetworkManager(device, hands)) === 'connected';
  return known[by].process === '' || (await pidOf(by, device, hands)) !== null;
}

/** Connects; it may still go on when this ends. */
export async function connect(by: Connector, device: string, runs: boolean, hands: Hands): Promise<void> {
  const pid = by === 'udhcpc' && runs ? await pidOf(by, device, hands) : null;
  const [program, ...words] =
    pid === null ? known[by].connect(device, runs) : (['kill', '-USR1', String(pid)] as const);
  mustHaveRun(program, await hands.run(program, words, bounds));
}

/** What runs only since `connect` is ended. Done twice it is the same as once. */
export async function endIt(by: Connector, device: string, hands: Hands): Promise<void> {
  if (!(await doesRun(by, device, hands))) return;
  const pid = by === 'udhcpc' ? await pidOf(by, device, hands) : null;
  const words = pid === null ? known[by].end(device) : (['kill', String(pid)] as const);
  if (words === null) return;
  const [program, ...rest] = words;
  mustHaveRun(program, await hands.run(program, rest, bounds));
}

export function endWords(by: Connector, device: string): Words | null {
  return by === 'udhcpc' ? ['kill', 'the process of udhcpc'] : known[by].end(device);
}

/** dhclient.leases(5) in the folder of this distribution: Debian's and Fedora's. */
function dhclientFiles(device: string): string[] {
  return ['-pf', `/run/dhclient.${device}.pid`, '-lf', `/var/lib/dhcp/dhclient.${device}.leases`];
}

async function stateInNetworkManager(device: string, { run }: Pick<Hands, 'run'>): Promise<string | null> {
  const shown = await run('nmcli', ['-t', '-f', 'DEVICE,STATE', 'device'], bounds);
  const found = mustHaveRun('nmcli', shown).split('\n').map(cells).find(([name]) => name === device); // prettier-ignore
  return found?.[1] ?? null;
}

/** Null where none runs in this very network: a process of a container may bear the number by now, or the name. */
async function pidOf(by: Connector, device: string, hands: Hands): Promise<number | null> {
  for (const file of known[by].pidFiles(device)) {
    const pid = /^(\d{1,10})\s*$/.exec((await textOf(file, hands)) ?? '')?.[1];
    if (pid === undefined) continue;
    const name = (await textOf(`/proc/${pid}/comm`, hands))?.trim();
    if (name !== known[by].process && !(by === 'udhcpc' && name === 'busybox')) continue;
    const spaces = await hands.run('readlink', [`/proc/${pid}/ns/net`, '/proc/self/ns/net'], bounds);
    const [theirs, ours] = spaces.stdout.split('\n');
    if (theirs !== undefined && theirs === ours) return Number(pid);
  }
  return null;
}

async function textOf(file: string, { disk }: Hands): Promise<string | null> {
  try {
    const found = await disk.read(file, 64);
    return found === null ? null : Buffer.from(found.bytes).toString('latin1');
  } catch (error) {
    if (error instanceof Cannot) return null;
    throw error;
  }
}
