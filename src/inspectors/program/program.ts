import type { Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { ProgramAsked, ProgramFact, Sandbox } from '../../model/program.js';
import type { System } from '../../model/system.js';
import { accountNames } from '../accounts/account-names.js';
import { headBytes, interpreterOf } from './interpreter.js';
import { otherNetwork } from './other-network.js';
import { permissionOf } from './permission.js';
import { cgroupOf, packagedAs, proxiesIn, sandboxOf, uidOf } from './read-process.js';

/** The program that should connect: whether it is there and may run, as whom, in which sandbox, with which proxies. */
export const deviceProgram: Gatherer<'device.program'> = {
  fact: 'device.program',
  needs: [],
  base: true,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  when: (_facts, { options }) => (options.program ? null : 'no program was named'),
  async gather(_facts, { system, options }) {
    const { program } = options;
    if (!program) throw new Error('no program was named');
    const { elsewhere: inside = null, ...asked } = program;
    const seen = asked.pid ?? inside;
    const process = asked.pid === null ? null : await readProcess(asked.pid, system);
    const path = asked.path ?? process?.path ?? null;
    const [file, nameOf] = await Promise.all([lookAt(asked, path, system), accountNames(system.files)]);
    const stat = path === null ? 'ENOENT' : await system.files.stat(realPath(asked, path));
    const uid = process?.uid ?? system.identity.uid;
    const value: ProgramFact = {
      ...asked,
      path,
      file: path === null || typeof stat === 'string' ? null : nameOf(path, stat),
      ...file,
      running: process !== null,
      uid,
      user: process === null || process.uid === system.identity.uid ? system.identity.user : null,
      cgroup: process?.cgroup ?? null,
      network: inside === null ? null : await otherNetwork(inside, system),
      sandbox: process?.sandbox ?? unknownSandbox,
      permission: await permissionOf(seen, uid, system),
      proxies: process?.proxies ?? proxiesIn((name) => system.environment(name)),
    };
    return known(value, asked.pid === null ? 'stat(), execve()' : '/proc/PID');
  },
};

const unknownSandbox: Sandbox = { noNewPrivileges: null, seccomp: null, label: null, packaged: null };

type Looked = Pick<ProgramFact, 'opens' | 'runs' | 'interpreter'>;

/** Of a running one the file is taken from the process itself: its path may mean another file out here. */
function realPath(asked: ProgramAsked, path: string): string {
  return asked.pid === null ? path : `/proc/${asked.pid}/exe`;
}

async function lookAt(asked: ProgramAsked, path: string | null, system: System): Promise<Looked> {
  if (path === null) return { opens: 'ENOENT', runs: null, interpreter: null };
  // Nobody asks whether a running program may be run, and a container's own file is none of ours.
  if (asked.pid !== null) return { opens: null, runs: null, interpreter: null };
  const runs = (await system.mayRun?.(path)) ?? null;
  // Opening it here would never come to an end either.
  if (runs === 'timed-out') return { opens: runs, runs, interpreter: null };
  const read = await system.files.read(path, headBytes);
  const script = read.ok ? interpreterOf(read.bytes) : null;
  if (script === null) return { opens: read.ok ? 'ok' : read.code, runs, interpreter: null };
  const inner = (await system.mayRun?.(script)) ?? null;
  if (inner === 'timed-out') return { opens: 'ok', runs, interpreter: { path: script, opens: inner, runs: inner } };
  const opened = await system.files.read(script, headBytes);
  return {
    opens: 'ok',
    runs,
    interpreter: { path: script, opens: opened.ok ? 'ok' : opened.code, runs: inner },
  };
}

interface Running {
  readonly path: string | null;
  readonly uid: number | null;
  readonly cgroup: string | null;
  readonly sandbox: Sandbox;
  readonly proxies: ProgramFact['proxies'];
}

/** Null when it has ended meanwhile. */
async function readProcess(pid: number, { files }: System): Promise<Running | null> {
  const at = `/proc/${pid}`;
  const text = async (name: string): Promise<string | null> => {
    const read = await files.read(`${at}/${name}`, 256 * 1024);
    return read.ok ? Buffer.from(read.bytes).toString('utf8') : null;
  };
  const [status, groups, environment, label, path] = await Promise.all([
    text('status'),
    text('cgroup'),
    text('environ'),
    text('attr/current'),
    files.link(`${at}/exe`),
  ]);
  if (status === null) return null;
  const variables = new Map(
    (environment ?? '').split('\0', 10_000).map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)] as const;
    }),
  );
  const cgroup = cgroupOf(groups ?? '');
  const packaged = packagedAs(groups ?? '', await files.read(`${at}/root/.flatpak-info`, 4096));
  return {
    path,
    uid: uidOf(status),
    cgroup,
    sandbox: { ...sandboxOf(status, label), packaged },
    proxies: proxiesIn((name) => variables.get(name)),
  };
}
