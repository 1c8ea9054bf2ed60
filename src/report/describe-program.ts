import { hostPort } from '../model/address.js';
import type { ProgramFact } from '../model/program.js';

/** The program that should connect, in a few lines. */
export function programLines(program: ProgramFact): string[] {
  const { path, file, pid, user, uid, cgroup, sandbox, opens, runs, tried, adopted, notAdopted } = program;
  const rights = file === null ? '' : `, ${file.owner}:${file.group}, mode ${file.mode}`;
  const asked = [opens === null ? '' : `opens: ${opens}`, runs === null ? '' : `may run: ${runs}`].filter(Boolean);
  const limits = [
    sandbox.noNewPrivileges === true ? 'no new privileges' : '',
    sandbox.seccomp === null || sandbox.seccomp === 'none' ? '' : `seccomp ${sandbox.seccomp}`,
    sandbox.label ?? '',
    sandbox.packaged ?? '',
    ...program.entered.map((name) => `entered ${name}`),
  ].filter(Boolean);
  return [
    `${path ?? program.named}${pid === null ? '' : ` (process ${pid})`}${rights}`,
    ...(asked.length === 0 ? [] : [asked.join(', ')]),
    `user ${user ?? uid ?? 'unknown'}${cgroup === null ? '' : `, group ${cgroup}`}${program.network ? ', a network of its own' : ''}`,
    ...(limits.length === 0 ? [] : [`limits: ${limits.join(', ')}`]),
    ...program.proxies.map(({ name, url }) => `${name}=${url}`),
    ...tried.map(({ address, port, outcome }) => {
      const how = typeof outcome === 'string' ? outcome : `${outcome.code} (${outcome.raw})`;
      return `it tried ${hostPort(address, port)}: ${how}`;
    }),
    ...(adopted.length === 0 ? [] : [`probed with its ${adopted.join(', ')}`]),
    ...notAdopted.map(({ what, why }) => `not with its ${what}: ${why}`),
  ];
}
