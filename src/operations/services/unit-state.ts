import { Cannot } from '../../model/cannot.js';
import type { Hands } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';

export interface UnitState {
  /** `active`, `inactive`, `failed`, `activating`, … */
  readonly active: string;
  /** `enabled`, `disabled`, `masked`, `static`, … empty where systemd has no file for it. */
  readonly file: string;
}

/** Names of services (systemd.unit(5)), without what would be an option. */
export const unitName = /^[A-Za-z0-9_][\w:.\\@-]{0,120}\.service$/;
const bounds = { timeoutMs: 60_000 };

export async function unitState(unit: string, { run }: Pick<Hands, 'run'>): Promise<UnitState> {
  const words = ['show', '--no-pager', '--property=ActiveState,UnitFileState', '--', unit];
  const lines = mustHaveRun('systemctl', await run('systemctl', words, bounds)).split('\n');
  const of = (name: string): string =>
    lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1).trim() ?? ''; // prettier-ignore
  if (of('ActiveState') === '') throw new Cannot(`systemd says nothing of ${unit}`);
  return { active: of('ActiveState'), file: of('UnitFileState') };
}

export async function systemctl(words: readonly string[], { run }: Pick<Hands, 'run'>): Promise<void> {
  mustHaveRun('systemctl', await run('systemctl', words, bounds));
}
