import { Cannot } from '../../model/cannot.js';
import { type GuardStop, guardUnits } from '../../model/operation.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';

/** Stopping waits for what the service is just looking at. */
const timeoutMs = 60_000;

/** A guard that is a service of systemd, stopped for a while; by the same name it is started again. */
export const operation: OperationKindOf<GuardStop, null> = {
  kind: 'guard-stop',
  check(json) {
    const args = new Arguments('guard-stop', json);
    args.oneOf('kind', ['guard-stop']);
    const unit = args.oneOf('unit', guardUnits);
    args.end();
    return { kind: 'guard-stop', unit };
  },
  commands: ({ unit }) => [`systemctl stop ${unit}`],
  undo: ({ unit }) => [`systemctl start ${unit}`],
  preview: ({ unit }) => ['  services:', `- ${unit} is running`, `+ ${unit} is stopped`],
  async capture({ unit }, hands) {
    const state = await stateOf(unit, hands);
    if (state !== 'active') throw new Cannot(`${unit} does not run as a service of systemd here (${state})`);
    return null;
  },
  async apply({ unit }, _before, hands) {
    mustHaveRun('systemctl', await hands.run('systemctl', ['stop', unit], { timeoutMs }));
  },
  async look({ unit }, _before, hands): Promise<Look> {
    const state = await stateOf(unit, hands);
    if (state === 'active') return { is: 'before' };
    if (state === 'inactive' || state === 'failed') return { is: 'after' };
    return { is: 'torn', difference: [`  ${unit} is ${state}`] };
  },
  async revert({ unit }, _before, hands) {
    mustHaveRun('systemctl', await hands.run('systemctl', ['start', unit], { timeoutMs }));
  },
};

/** `is-active` ends with 3 where it is not (systemctl(1)); without systemd it says why on the other stream. */
async function stateOf(unit: string, { run }: Pick<Hands, 'run'>): Promise<string> {
  const result = await run('systemctl', ['is-active', unit], { timeoutMs });
  const word = /^[a-z-]+/.exec(result.stdout.trim())?.[0];
  return word ?? mustHaveRun('systemctl', result).slice(0, 40);
}
