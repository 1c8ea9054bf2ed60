import type { PolicyProgram, UnitSetting } from './policy-facts.js';
import type { Hostile, RouteChoice } from './facts.js';

/** "Why can others not reach that port of this device?" */
export interface InboundQuestion {
  readonly protocol: 'tcp' | 'udp';
  /** The other side's address; null: anybody's. */
  readonly from: string | null;
}

/** What stands between others and a port of this device, beside its listeners, rules and limits. */
export interface InboundFact extends InboundQuestion {
  readonly port: number;
  /** Where others would reach it: addresses of this device, and the interface that each belongs to. */
  readonly ends: readonly InboundEnd[];
  /** How answers go back to the other side; null when that is not known, or nobody is given. */
  readonly back: RouteChoice | null;
  /** Interfaces that drop what comes in from where no answer would leave by them (rp_filter 1). */
  readonly strict: readonly string[];
  /** Of TCP; null where the kernel does not tell. */
  readonly halfOpen?: {
    /** Connections of the port that are not answered yet. */
    readonly waiting: number;
    /** Attempts, to whatever port, thrown away meanwhile because too many were not answered. */
    readonly dropped: number;
    /** Attempts taken by SYN cookies instead. */
    readonly cookies: number;
    readonly ms: number;
  } | null;
  /** Programs that listen there, and what started them. */
  readonly units: readonly { readonly pid: number; readonly unit: string }[];
  /** Programs that listen on the port in a network of their own, and the container that they belong to. */
  readonly containers: readonly InboundContainer[];
  /** The line of hosts.deny (tcp wrappers) that turns the other side away. */
  readonly denied: { readonly text: Hostile; readonly location: string; readonly process: string } | null;
  /** Interfaces by which what a rule leads to another machine is not passed on, and the setting that says so. */
  readonly notForwarded?: readonly { readonly family: 4 | 6; readonly device: string; readonly setting: string }[];
  /** Interfaces from which a rule may lead to 127.0.0.1 (route_localnet). */
  readonly toLoopback?: readonly string[];
  /** Programs that listen there and are stopped (SIGSTOP, a debugger). */
  readonly stopped?: readonly { readonly pid: number; readonly process: string | null }[];
  /** BPF programs that see what comes in before these programs do: of their control groups, and on the interfaces. For root. */
  readonly programs?: readonly Omit<PolicyProgram, 'holder'>[];
  /** Of the units of these programs. */
  readonly settings?: readonly UnitSetting[];
}

export interface InboundEnd {
  readonly address: string;
  readonly device: string;
}

export interface InboundContainer {
  readonly pid: number;
  readonly process: string | null;
  readonly address: string;
  /** `docker`, `podman`, `kubernetes`, `lxc` */
  readonly engine: string;
  /** The first digits of its id. */
  readonly id: string;
}

/** Bridges of containers and virtual machines: nobody comes in from outside by them. */
export function isVirtual(device: string): boolean {
  return /^(?:docker|br-|veth|virbr|podman|cni|lxd|incusbr)/.test(device);
}
