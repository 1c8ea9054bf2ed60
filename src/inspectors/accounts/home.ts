import type { Files, System } from '../../model/system.js';

type Asked = Pick<System, 'environment' | 'identity'>;

/** The home directory of whoever called, as its programs take it; null for root, whose files are not a user's, and without one. */
export function ownHome({ environment, identity }: Asked): string | null {
  return identity.root ? null : directoryIn(environment('HOME'));
}

/** Where programs of the one who called keep their settings (XDG base directories). */
export function ownSettings({ environment }: Pick<System, 'environment'>): string | null {
  const home = directoryIn(environment('HOME'));
  return directoryIn(environment('XDG_CONFIG_HOME')) ?? (home === null ? null : `${home}/.config`);
}

function directoryIn(value: string | undefined): string | null {
  return value?.startsWith('/') === true && !value.includes('\0') ? value.replace(/\/+$/, '') : null;
}

/** The home directory of an account, as passwd(5) has it; null without one. */
export async function homeOfUser(uid: number | null, files: Files): Promise<string | null> {
  if (uid === null) return null;
  const file = await files.read('/etc/passwd', 1024 * 1024);
  const text = file.ok ? Buffer.from(file.bytes).toString('latin1') : '';
  const line = text
    .split('\n', 10_000)
    .map((one) => one.split(':'))
    .find(([, , id]) => id === String(uid));
  const home = line?.[5] ?? '';
  return home.startsWith('/') && home.length < 1_000 ? home.replace(/\/+$/, '') : null;
}

/** The home directory of whoever sits here: under sudo not root's, but that of the one who called it. */
export async function homeOfCaller(system: Pick<System, 'environment' | 'files' | 'identity'>): Promise<string | null> {
  const { environment, files, identity } = system;
  if (identity.uid !== null && String(identity.uid) === environment('SUDO_UID')) return homeOfUser(identity.uid, files);
  return directoryIn(environment('HOME'));
}
