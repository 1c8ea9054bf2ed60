// What a scenario does to a world: data, made by these small functions and carried out by apply.ts.
import type { Services } from '../services/description.js';
import type { Guest, Machine } from './topology.js';
import type { PolicyHook } from './control-groups.js';

/**
 * A real program, run as it is, in a machine's network. In all its words `{dir}` is a directory of its own, `{etc}` what it
 * has for /etc, `{node}` and `{lab}` the lab's own program.
 */
export interface DaemonStep {
  do: 'daemon';
  on: Machine;
  line: readonly [string, ...string[]];
  /** An account of this machine's; root when left out. */
  user?: string;
  /** Written before anything runs, below `{dir}` or `{etc}`. */
  files?: Readonly<Record<string, string>>;
  /** Run to their end before, as the same user. */
  prepare?: readonly (readonly [string, ...string[]])[];
  /** When it is there: it listens on that port, made that file, said that; or has ended by itself. */
  ready: { listens: number } | { file: string } | { says: string } | 'ended' | 'at once';
  /** Sent as soon as it is ready. */
  endBy?: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP';
  /** Most files that it may have open. */
  openFiles?: number;
  /** Bytes of memory that it may use (its own control group). */
  memory?: number;
  /** `{pid:LABEL}` in a scenario's arguments is its process then. */
  label?: string;
  /** The label means the innermost of the processes that it starts. */
  innermost?: true;
  /** It writes into `{dir}/pids` which processes it leaves behind: they end with the world. */
  leaves?: true;
  /** The control group, made by a step before, in which it runs. */
  group?: string;
}

/** A control group, and what is forbidden in it by a program in the kernel. */
export interface GroupStep {
  do: 'group';
  /** Control groups are the whole machine's. */
  on: 'device';
  group: string;
  forbids?: { hook: PolicyHook; name: string };
}

/** A program that is run to its end. */
export interface RunStep {
  do: 'run';
  on: Machine;
  line: readonly [string, ...string[]];
  user?: string;
  /** That it fails is no fault of the lab. */
  mayFail?: true;
}

/** A file of a machine's own, below `{etc}` or `{world}`. */
export interface FileStep {
  do: 'file';
  on: Machine;
  path: string;
  content: string;
}

/** Another device in the home network, or a network of the device's own. */
export interface NeighbourStep {
  do: 'neighbour';
  on: Guest;
  addresses: readonly string[];
  /** It is a network namespace of the device's, as containers have one: on that bridge, by its address as the way out. */
  bridge?: { readonly name: string; readonly address: string };
  mac?: string;
  services?: Services;
}

export type Step =
  | NeighbourStep
  | { do: 'nft'; on: Machine; ruleset: string; labels: Readonly<Record<string, string>> }
  | { do: 'iptables'; on: Machine; family: 4 | 6; commands: readonly string[] }
  | { do: 'iptables-restore'; on: Machine; family: 4 | 6; backend: 'nft' | 'legacy'; dump: string }
  | { do: 'ip'; on: Machine; family: 4 | 6; commands: readonly string[] }
  | { do: 'sysctl'; on: Machine; settings: readonly string[] }
  | { do: 'ufw'; on: Machine; commands: readonly string[] }
  | { do: 'firewalld'; on: Machine; commands: readonly string[] }
  | { do: 'container'; on: Machine }
  | { do: 'sandbox'; on: 'device'; sends?: boolean; receives?: boolean }
  | { do: 'ipset'; on: Machine; dump: string }
  | { do: 'dnsmasq'; on: Machine; options: readonly string[] }
  | { do: 'unbound'; on: Machine; config: string }
  | DaemonStep
  | GroupStep
  | FileStep
  | RunStep;

/**
 * Loads an nft ruleset. `labels` name rules by a piece of their text as the kernel prints it, so that an expectation
 * can ask for their handle.
 */
export function nft(on: Machine, ruleset: string, labels: Readonly<Record<string, string>> = {}): Step {
  return { do: 'nft', on, ruleset, labels };
}

/** Rules by iptables-nft, one command's arguments a string: "-A OUTPUT -p tcp --dport 443 -j DROP". */
export function iptables(on: Machine, ...commands: string[]): Step {
  return { do: 'iptables', on, family: 4, commands };
}

/** A dump as `iptables-save` prints it, by either backend: chains and rules as the program that made them left them. */
export function iptablesRestore(
  on: Machine,
  dump: string,
  { family = 4, backend = 'nft' }: { family?: 4 | 6; backend?: 'nft' | 'legacy' } = {},
): Step {
  return { do: 'iptables-restore', on, family, backend, dump };
}

/** Lines of one `ip -batch`: "route add blackhole 198.51.100.0/24". */
export function ip(on: Machine, ...commands: string[]): Step {
  return { do: 'ip', on, family: 4, commands };
}

/** The same by `ip -6`, for what a line does not show to be IPv6: "route del default". */
export function ip6(on: Machine, ...commands: string[]): Step {
  return { do: 'ip', on, family: 6, commands };
}

/** Puts another device into the home network, with addresses (and prefix lengths) of its own. */
export function neighbour(
  on: Guest,
  addresses: readonly string[],
  more: Omit<NeighbourStep, 'do' | 'on' | 'addresses'> = {},
): Step {
  return { do: 'neighbour', on, addresses, ...more };
}

export function sysctl(on: Machine, ...settings: string[]): Step {
  return { do: 'sysctl', on, settings };
}

/** The real ufw with private copies of its files: "deny out 443/tcp". It is enabled first. */
export function ufw(on: Machine, ...commands: string[]): Step {
  return { do: 'ufw', on, commands };
}

/** The real firewalld, its rules as it loads them: the words of `firewall-cmd`, one call a string. */
export function firewalld(on: Machine, ...commands: string[]): Step {
  return { do: 'firewalld', on, commands };
}

/** The programs of a machine become those of a Docker container, as far as their control group tells. */
export function container(on: Machine): Step {
  return { do: 'container', on };
}

/** The command runs in a control group whose packets a BPF program lets out or in, or throws away. */
export function sandbox(options: { sends?: boolean; receives?: boolean }): Step {
  return { do: 'sandbox', on: 'device', ...options };
}

/** Sets of the ipset program, as `ipset save` prints them. */
export function ipset(on: Machine, ...lines: string[]): Step {
  return { do: 'ipset', on, dump: lines.join('\n') };
}

/** The real dnsmasq, its options as on its command line. */
export function dnsmasq(on: Machine, ...options: string[]): Step {
  return { do: 'dnsmasq', on, options };
}

export function unbound(on: Machine, config: string): Step {
  return { do: 'unbound', on, config };
}

/** An nft table with one filter chain: the everyday shape of a rule that blocks. */
export function filterRule(
  on: Machine,
  hook: 'input' | 'output' | 'forward' | 'prerouting' | 'postrouting',
  rule: string,
  options: {
    table?: string;
    family?: string;
    chain?: string;
    label?: string;
    labelText?: string;
    priority?: number;
  } = {},
): Step {
  const { table = 'lab', family = 'inet', chain = hook, label = 'block', priority = 0 } = options;
  const ruleset = `table ${family} ${table} {\n chain ${chain} {\n  type filter hook ${hook} priority ${priority}; policy accept;\n  ${rule}\n }\n}\n`;
  return nft(on, ruleset, { [label]: options.labelText ?? rule });
}
