import type { System } from '../../model/system.js';

/**
 * Whether a browser has a profile open, by the link that it lays there: `HOST-PID` (Chromium's SingletonLock),
 * `ADDRESS:+PID` (Firefox's lock). One that crashed leaves it behind.
 */
export async function isOpen(lock: string | null, { files }: Pick<System, 'files'>): Promise<boolean> {
  const pid = lock === null ? undefined : /[-+](\d{1,10})$/.exec(lock)?.[1];
  return pid !== undefined && (await files.exists(`/proc/${pid}`));
}
