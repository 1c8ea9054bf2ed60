import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { shellWord } from '../report/clean.js';
import type { Invocation } from '../report/text.js';

export interface Start {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The program that runs this one, and this one's file: both absolute. */
  readonly node: string;
  readonly script: string;
  readonly root: boolean;
  readonly directory: string;
  /** Which of them is installed. */
  readonly rootBy: 'sudo' | 'pkexec' | null;
}

/** sudo's own PATH on Debian and most others (secure_path in sudoers). */
const sudoPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The same for this very process. */
export function thisInvocation(script: string): Invocation {
  return invocationOf({
    environment: process.env,
    node: process.execPath,
    script,
    root: process.geteuid?.() === 0,
    directory: workingDirectory(),
    rootBy: isHere('sudo') ? 'sudo' : isHere('pkexec') ? 'pkexec' : null,
  });
}

/** `/` where the folder that the shell stands in has been taken away: getcwd(3) fails there. */
export function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}

function isHere(program: string): boolean {
  return ['/usr/bin', ...(process.env['PATH'] ?? '').split(':', 100)].some(
    (directory) => path.isAbsolute(directory) && existsSync(path.join(directory, program)),
  );
}

/** How this program was started, as words that work when they are typed again. */
export function invocationOf(start: Start): Invocation {
  const { environment, node, script, root } = start;
  const installed = leadsHere('whoblocked', environment['PATH'] ?? '', script);
  const whole = `${shellWord(node)} ${shellWord(script)}`;
  const plain = startedByNpm(environment) ?? (installed ? 'whoblocked' : (fromPath(start) ?? whole));
  if (root) return { plain, asRoot: plain };
  const known = installed && leadsHere('whoblocked', sudoPath, script) && leadsHere('node', sudoPath, node);
  // Programs in a home directory are not on root's PATH, npx and npm there even less.
  if (start.rootBy === 'sudo') return { plain, asRoot: known ? 'sudo whoblocked' : `sudo ${whole}` };
  // su(1) takes the program that reads the rest as the shell: all that follows stays words of its own.
  return {
    plain,
    asRoot: start.rootBy === 'pkexec' ? `pkexec ${whole}` : `su root -s ${shellWord(node)} -- ${shellWord(script)}`,
  };
}

function startedByNpm(environment: Start['environment']): string | null {
  if (environment['npm_command'] === 'exec') return 'npx whoblocked';
  return environment['npm_lifecycle_event'] === 'start' && environment['npm_package_name'] === 'whoblocked'
    ? 'npm start --'
    : null;
}

/** The path to the file, relative where that is shorter; executable files need no `node` in front. */
function fromPath({ script, directory }: Start): string | null {
  try {
    accessSync(script, constants.X_OK);
  } catch {
    return null;
  }
  const relative = path.relative(directory, script);
  const shown = relative.startsWith('..') ? script : relative.includes('/') ? relative : `./${relative}`;
  return shellWord(shown.length < script.length ? shown : script);
}

/** Whether typing that name runs this very file. */
function leadsHere(name: string, searchPath: string, file: string): boolean {
  for (const directory of searchPath.split(':').slice(0, 100)) {
    if (!path.isAbsolute(directory)) continue;
    const candidate = path.join(directory, name);
    try {
      accessSync(candidate, constants.X_OK);
    } catch {
      continue; // the shell looks further
    }
    return realpathSync(candidate) === realpathSync(file);
  }
  return false;
}
