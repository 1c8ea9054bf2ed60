import { readFileSync } from 'node:fs';

/** Servers by which somebody works on this computer from another one; OpenSSH's own process is called sshd-session since 9.8. */
const servers = new Set(['sshd', 'sshd-session', 'dropbear', 'mosh-server', 'telnetd', 'in.telnetd']);
const mostAncestors = 64;

/**
 * The server through which this program was started from another computer, or null. Told by the processes above this one,
 * which sudo does not hide; what runs in a terminal multiplexer still has the variable of ssh.
 */
export function remoteSession(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  statOf: (pid: number) => string | null = readStat,
): string | null {
  let pid = process.ppid;
  for (let i = 0; i < mostAncestors && pid > 1; i++) {
    // The name stands in brackets, and may hold such itself (proc_pid_stat(5)).
    const [, name, parent] = /^\d+ \((.*)\) \S (\d+) /s.exec(statOf(pid) ?? '') ?? [];
    if (name === undefined || parent === undefined) break;
    if (servers.has(name)) return name;
    pid = Number(parent);
  }
  return environment['SSH_CONNECTION'] === undefined ? null : 'ssh';
}

function readStat(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return null; // it has ended, or there is no /proc
  }
}
