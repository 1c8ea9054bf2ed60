import { findContainer } from '../engine/find-container.js';
import { findProgram } from '../engine/find-program.js';
import { lackOfReported } from '../engine/lacks-to-start.js';
import type { PlaceRequest } from '../engine/from-place.js';
import { cannotStart, hasEnded } from '../engine/program-start.js';
import { clean } from '../report/clean.js';
import { shellWord } from '../model/shell-word.js';
import { parseTarget } from '../model/parse-target.js';
import type { Adopted, ProgramAsked } from '../model/program.js';
import type { System } from '../model/system.js';
import type { Report } from '../model/report.js';
import { couldLookIntoUs, enteringAsOwner, type NetworkOwner, ownerOfNetwork } from '../system/linux/enter-as-owner.js';
import { askChild } from '../system/probe-child.js';
import { closePlace, placeOfProcess, type ProcessPlace } from '../system/process-place.js';
import { openSystem } from '../system/open-system.js';
import { appAlone } from './app-alone.js';
import { type Call, probeWord } from './arguments.js';
import { optionsOf, proxyOf } from './diagnose.js';
import { thisInvocation, workingDirectory } from './invocation.js';
import { show } from './show.js';
import { stopSignals, type Stop } from './stop-signals.js';
import { WrongWords } from './wrong-words.js';

/** `--app PROGRAM [TARGET]`, `--from CONTAINER TARGET`: diagnosed where it stands, by a process of our own. */
export async function asProgramCommand(
  call: Extract<Call, { command: 'as-program' }>,
  script: string,
): Promise<number> {
  const { flags, program } = call;
  if (process.platform !== 'linux') throw new WrongWords('--app and --from work on Linux only');
  const parsed = call.target === null ? null : parseTarget(call.target);
  if (parsed?.ok === false) throw new WrongWords(parsed.why);
  const system = await openSystem();
  const stop = stopSignals();
  const { named, asRoot } =
    program.kind === 'app'
      ? { named: await appNamed(program.name, system), asRoot: `--app ${shellWord(program.name)}` }
      : await containerNamed(program.name, system, stop);
  const place = named.pid === null ? null : placeOfProcess(named.pid);
  if (named.pid !== null && place === null) throw new WrongWords(`process ${named.pid} has ended`);
  const options = await optionsOf(flags, system);
  try {
    const given = { ...options, proxy: proxyOf(flags) };
    if (parsed === null) {
      const code = await appAlone(named, place, { asRoot, system, options: given, flags, script, signal: stop.signal });
      return stop.code() ?? code;
    }
    const report = await fromPlace(place, named, parsed.target.input, given, { asRoot, script, signal: stop.signal });
    const lack = place === null ? await lackOfReported(report, system) : null;
    // What cannot be started was stopped by nobody, unless somebody is named who did.
    if (lack !== null && (report.verdict.cause === 'undetermined' || !cannotStart(report))) throw new WrongWords(lack);
    if (place !== null && report.verdict.cause === 'undetermined' && hasEnded(report))
      throw new WrongWords(`process ${named.pid ?? ''} ended while it was looked at`);
    return stop.code() ?? (await show(report, flags, script));
  } finally {
    if (place) closePlace(place);
    stop.forget();
  }
}

/** The same of a program alone, for whoever measures more than once. */
export async function diagnosedAsApp(
  name: string,
  target: string,
  options: PlaceRequest['options'],
  { script, system, signal }: { readonly script: string; readonly system: System; readonly signal: AbortSignal },
): Promise<Report> {
  const named = await appNamed(name, system);
  const place = named.pid === null ? null : placeOfProcess(named.pid);
  if (named.pid !== null && place === null) throw new WrongWords(`process ${named.pid} has ended`);
  try {
    return await fromPlace(place, named, target, options, { asRoot: `--app ${shellWord(name)}`, script, signal });
  } finally {
    if (place) closePlace(place);
  }
}

const nothingTried = { tried: [], entered: [], seenBy: null } as const;

async function appNamed(name: string, system: System): Promise<Named> {
  const found = await findProgram(name, process.env['PATH'] ?? '', workingDirectory(), system);
  if (typeof found === 'string') throw new WrongWords(`${found} (--app takes a path, a process id or a systemd unit)`);
  const { alike, ...one } = found;
  if (alike !== undefined) process.stderr.write(`whoblocked: ${clean(`${name}: ${alike}`, 400)}\n`);
  return { ...one, container: null, ...nothingTried };
}

async function containerNamed(
  name: string,
  system: System,
  stop: Stop,
): Promise<{ readonly named: Named; readonly asRoot: string }> {
  const project = workingDirectory().split('/').at(-1) ?? '';
  const found = await findContainer(name, project, system, stop.signal);
  if (typeof found === 'string') throw new WrongWords(found);
  const { pid, name: container } = found.container;
  // An engine of the user's own has no say for root, who finds the container by its process alone.
  const stat = await system.files.stat(found.socket);
  const asRoot = typeof stat !== 'string' && stat.uid !== 0 && pid !== null ? `--app ${pid}` : `--from ${container}`;
  return { named: { named: name, pid, path: null, container, ...nothingTried }, asRoot };
}

export type Named = Omit<ProgramAsked, 'adopted' | 'notAdopted'>;

/** Throws WrongWords where only root may stand there. `asRoot`: by which words root means that program. */
export async function fromPlace(
  place: ProcessPlace | null,
  named: Named,
  target: string,
  options: PlaceRequest['options'],
  { asRoot, script, signal }: { readonly asRoot: string; readonly script: string; readonly signal: AbortSignal },
): Promise<Report> {
  const root = process.geteuid?.() === 0;
  const owner = ownerOfNetwork(place?.network ?? null);
  const through = owner?.uid === process.geteuid?.() && !root;
  try {
    const hidden = place?.refused.some(({ what }) => what === 'network') === true;
    const wants = thisInvocation(script).asRoot;
    if (!root && (hidden || (place?.network != null && !through)))
      throw new WrongWords(
        `the program is in a network of its own, which only root may enter: ${wants} ${asRoot} ${target}`,
      );
    if (through && place && couldLookIntoUs(place))
      throw new WrongWords(
        `whoever is in there sees all processes of this computer and could look into this one; root is safe from that: ${wants} ${asRoot} ${target}`,
      );
    return await askThere(place, named, target, options, { owner, root, script, signal });
  } finally {
    owner?.close();
  }
}

/** Asks a process of our own that stands there. */
async function askThere(
  place: ProcessPlace | null,
  named: Named,
  target: string,
  options: PlaceRequest['options'],
  { owner, root, script, signal }: { readonly owner: NetworkOwner | null; readonly root: boolean; readonly script: string; readonly signal: AbortSignal }, // prettier-ignore
): Promise<Report> {
  const user = root ? null : (owner?.namespace ?? null);
  const files = place === null ? [] : [place.network, place.root, user].filter((fd) => fd !== null);
  const at = (fd: number | null): number | null => (fd === null ? null : 3 + files.indexOf(fd));
  const [userAt, networkAt] = [at(user), at(place?.network ?? null)];
  const through = userAt === null || networkAt === null ? [] : enteringAsOwner({ user: userAt, network: networkAt });
  const otherUser = place !== null && place.uid !== process.geteuid?.();
  const request: PlaceRequest = {
    target,
    options: { ...options, program: { ...named, ...taken(place, root, otherUser) } },
    owner: place && root && otherUser ? { uid: place.uid, gid: place.gid, groups: place.groups } : null,
    network: root ? networkAt : null,
    root: at(place?.root ?? null),
    // What no root has made reaches the outside by a program alone, which opens connections in its place.
    relayed: owner !== null && owner.uid !== 0,
    cgroup: root ? (place?.cgroup ?? null) : null,
    environment: environmentFor(place),
  };
  const answer = await askChild(script, probeWord, request, files, options.timeoutMs ?? 15_000, signal, through);
  if (!isReport(answer)) throw new Error('the process that stood where the program stands gave no report');
  return answer;
}

/** That of the program; of one that does not run, what it would be started with from here. */
function environmentFor(place: ProcessPlace | null): PlaceRequest['environment'] {
  if (place === null)
    return Object.fromEntries(
      Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  // Which engine of containers is asked is the caller's choice, not the program's.
  return place.environment && { ...place.environment, DOCKER_HOST: process.env['DOCKER_HOST'] ?? '' };
}

function taken(
  place: ProcessPlace | null,
  root: boolean,
  otherUser: boolean,
): Pick<ProgramAsked, 'adopted' | 'notAdopted' | 'elsewhere'> {
  if (place === null) return { adopted: [], notAdopted: [] };
  const notAdopted: ProgramAsked['notAdopted'][number][] = [...place.refused];
  if (otherUser && !root) notAdopted.push({ what: 'user', why: 'only root may probe as another user' });
  if (place.cgroup !== null && !root) notAdopted.push({ what: 'cgroup', why: 'only root may join another group' });
  const all: readonly Adopted[] = ['user', 'network', 'cgroup', 'files', 'environment'];
  const elsewhere = place.network === null ? null : place.pid;
  return { adopted: all.filter((one) => !notAdopted.some(({ what }) => what === one)), notAdopted, elsewhere };
}

function isReport(answer: unknown): answer is Report {
  return typeof answer === 'object' && answer !== null && 'schema' in answer && answer.schema === 'whoblocked/report/1';
}
