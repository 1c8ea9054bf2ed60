import type { ProgramAsked } from '../model/program.js';
import type { Report } from '../model/report.js';
import type { Options } from '../model/settings.js';
import { ownLookup } from '../probes/names/own-lookup.js';
import { enterNetwork, ownNetwork } from '../system/linux/enter-network.js';
import { insideCgroup } from '../system/linux/inside-cgroup.js';
import { bindLibc } from '../system/linux/libc.js';
import type { SocketOwner } from '../system/linux/socket-owner.js';
import { openSystem, type Place } from '../system/open-system.js';
import { diagnose } from './diagnose.js';

/** What is handed to the process that stands where a program stands; numbers are descriptors. */
export interface PlaceRequest {
  readonly target: string;
  readonly options: Partial<Options>;
  readonly owner: SocketOwner | null;
  readonly network: number | null;
  readonly root: number | null;
  /** Its network reaches the outside by a program that opens connections in its place. */
  readonly relayed: boolean;
  readonly cgroup: string | null;
  readonly environment: Readonly<Record<string, string>> | null;
}

/** Of slirp4netns and pasta, for whoever reads why something was not measured. */
const relayed = 'a program on this computer opens the connections of this network in its place';

/** Variables that name files: in another root they would lead to ours. */
const namingFiles = ['HOME', 'XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR', 'XDG_CONFIG_DIRS'];

/** Diagnoses with a program's network, files, group, user and environment. This whole process is used up by it. */
export async function diagnoseFromPlace(request: PlaceRequest, signal: AbortSignal): Promise<Report | string> {
  const { network, root } = request;
  const around = network === null ? null : ownNetwork();
  // First of all: whatever starts later follows.
  const refused = network === null ? null : enterNetwork(network);
  if (refused !== null) return refused;
  const cgroup = request.cgroup === null ? null : joined(request.cgroup);
  const environment = request.environment === null ? null : { ...request.environment };
  const trusted = ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'].flatMap((name) => environment?.[name] ?? []);
  if (environment !== null && root !== null) for (const name of namingFiles) delete environment[name];
  const system = await openSystem({
    asUser: request.owner,
    place: {
      ...(request.relayed && { relayed }),
      ...(root === null ? {} : { root: { fd: root, extra: trusted }, lookup: ownLookup }),
      ...(typeof cgroup === 'string' || cgroup === null ? {} : { cgroup }),
      ...(environment === null ? {} : { environment }),
      ...(network === null || around === null ? {} : { networks: { around, here: network } }),
    },
  });
  const program = request.options.program ?? null;
  const told = typeof cgroup === 'string' && program !== null ? withoutGroup(program, cgroup) : program;
  return diagnose(request.target, { ...request.options, program: told, system, signal });
}

/** A text says why the group cannot be joined: it may be gone, or divide its processes among groups below it. */
function joined(name: string): NonNullable<Place['cgroup']> | string {
  const libc = bindLibc();
  const within = typeof libc === 'string' ? libc : insideCgroup(libc, name);
  return typeof within === 'string' ? within : { name, within };
}

function withoutGroup(program: ProgramAsked, why: string): ProgramAsked {
  return {
    ...program,
    adopted: program.adopted.filter((what) => what !== 'cgroup'),
    notAdopted: [...program.notAdopted, { what: 'cgroup', why }],
  };
}
