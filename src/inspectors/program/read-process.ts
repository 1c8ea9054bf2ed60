import { hostPort } from '../../model/address.js';
import { parseProxy } from '../../model/parse-proxy.js';
import type { ProgramFact, Sandbox } from '../../model/program.js';
import type { FileResult } from '../../model/system.js';

/** Names under which programs look for a proxy (curl(1), wget(1)); which of them counts is chosen elsewhere. */
export const proxyVariables = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

/** `Uid: real effective saved filesystem` (proc(5)); sockets belong to the last. */
export function uidOf(status: string): number | null {
  const found = /^Uid:\s+\d+\s+\d+\s+\d+\s+(\d+)/m.exec(status)?.[1];
  return found === undefined ? null : Number(found);
}

const seccompModes: readonly Sandbox['seccomp'][] = ['none', 'strict', 'filter'];

/** From /proc/PID/status and /proc/PID/attr/current (proc(5)). */
export function sandboxOf(status: string, label: string | null): Omit<Sandbox, 'packaged'> {
  const newPrivileges = /^NoNewPrivs:\s*([01])/m.exec(status)?.[1];
  const seccomp = /^Seccomp:\s*([012])/m.exec(status)?.[1];
  const mark = label?.replaceAll('\0', '').trim().slice(0, 200) ?? '';
  return {
    noNewPrivileges: newPrivileges === undefined ? null : newPrivileges === '1',
    seccomp: seccomp === undefined ? null : (seccompModes[Number(seccomp)] ?? null),
    label: mark === '' ? null : mark,
  };
}

/** The group of the unified hierarchy: the line `0::/…` (cgroups(7)). */
export function cgroupOf(text: string): string | null {
  return /^0::(\/[^\n]*)$/m.exec(text)?.[1]?.slice(0, 400) ?? null;
}

/** Flatpak marks its sandboxes with a file, snapd its groups with a name. */
export function packagedAs(groups: string, flatpakInfo: FileResult): string | null {
  if (flatpakInfo.ok) {
    const name = /^name=([\w.-]{1,100})$/m.exec(Buffer.from(flatpakInfo.bytes).toString('latin1'))?.[1];
    return `flatpak ${name ?? ''}`.trim();
  }
  const snap = /\/snap\.([\w-]{1,60})\.[^/\n]*$/m.exec(groups)?.[1];
  return snap === undefined ? null : `snap ${snap}`;
}

/** Proxies of an environment; what holds a password is shown without it. */
export function proxiesIn(variable: (name: string) => string | undefined): ProgramFact['proxies'] {
  return proxyVariables.flatMap((name) => {
    const value = variable(name);
    if (value === undefined || value === '') return [];
    if (name.toLowerCase() === 'no_proxy') return [{ name, url: value.slice(0, 300) }];
    const parsed = parseProxy(value);
    if (!parsed.ok) return [{ name, url: '(unreadable)' }];
    const { scheme, host, port } = parsed.server;
    return [{ name, url: `${scheme}://${hostPort(host, port)}` }];
  });
}
