import type { Hostile } from './facts.js';

/** What the engine of containers on this device says of them (Docker, Podman). */
export interface ContainersFact {
  readonly socket: string;
  readonly containers: readonly ContainerFact[];
  readonly networks: readonly ContainerNetwork[];
  /** The compose file of the folder that the command was called in. */
  readonly compose?: ComposeFile;
}

export interface ComposeFile {
  readonly location: string;
  readonly services: readonly ComposeService[];
}

export interface ComposeService {
  readonly name: Hostile;
  readonly line: number;
  readonly ports: readonly ComposePort[];
  readonly networks: readonly Hostile[];
}

/** A line below `ports:`. `published` is null where the engine takes any port of this device. */
export interface ComposePort {
  readonly line: number;
  readonly inside: number;
  readonly published: number | null;
  readonly address: string | null;
}

export interface ContainerFact {
  readonly id: string;
  readonly name: string;
  /** Of Docker Compose: the service, and the project that it belongs to. */
  readonly service: string | null;
  readonly project: string | null;
  /** `running`, `exited`, `restarting`, `paused`, `created`, `dead`. */
  readonly state: string;
  readonly exitCode: number | null;
  /** Ended by the system because memory ran out. */
  readonly outOfMemory: boolean;
  /** What its own check says: `healthy`, `unhealthy`, `starting`; null where it has none. */
  readonly health: string | null;
  /** Of the process that began it, as this device counts; null where it does not run. */
  readonly pid: number | null;
  /** `host`, `none`, `bridge`, a network's name, `container:ID`. */
  readonly mode: string;
  readonly networks: readonly {
    readonly name: string;
    readonly addresses: readonly string[];
    readonly names: readonly string[];
  }[];
  /** Ports that it says it serves, and where they are published on this device. */
  readonly ports: readonly {
    readonly port: number;
    readonly protocol: string;
    readonly published: readonly { readonly address: string; readonly port: number }[];
  }[];
  readonly error: Hostile | null;
}

export interface ContainerNetwork {
  readonly name: string;
  readonly driver: string;
  readonly subnets: readonly string[];
  /** Without a way out. */
  readonly internal: boolean;
}
