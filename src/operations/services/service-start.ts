import { Cannot } from '../../model/cannot.js';
import type { ServiceStart } from '../../model/service-operations.js';
import type { Look, OperationKindOf } from '../operation-kind.js';
import { Arguments } from '../validate.js';
import { systemctl, unitName, unitState } from './unit-state.js';

interface Before {
  readonly active: string;
}

/** A service that does not run is started by systemd. Whether it starts with the computer stays as it was. */
export const operation: OperationKindOf<ServiceStart, Before> = {
  kind: 'service-start',
  check(json) {
    const args = new Arguments('service-start', json);
    const kind = args.oneOf('kind', ['service-start']);
    const unit = args.matching('unit', unitName);
    args.end();
    return { kind, unit };
  },
  commands: ({ unit }) => [`systemctl start ${unit}`],
  undo: ({ unit }) => [`systemctl stop ${unit}`],
  async capture({ unit }, hands) {
    const { active, file } = await unitState(unit, hands);
    if (file === 'masked') throw new Cannot(`${unit} is masked: somebody keeps it from starting on purpose`);
    if (active !== 'inactive' && active !== 'failed') throw new Cannot(`${unit} is ${active} already`);
    return { active };
  },
  preview: ({ unit }, { active }) => [`  ${unit}:`, `- ${active}`, '+ active'],
  apply: ({ unit }, _before, hands) => systemctl(['start', '--', unit], hands),
  async look({ unit }, before, hands): Promise<Look> {
    const { active } = await unitState(unit, hands);
    if (active === 'active') return { is: 'after' };
    // One that failed again is as it was: it does not run.
    if (active === before.active || active === 'failed' || active === 'inactive') return { is: 'before' };
    return { is: 'torn', difference: [`  ${unit} is ${active}`] };
  },
  async revert({ unit }, _before, hands) {
    const { active } = await unitState(unit, hands);
    if (active !== 'inactive' && active !== 'failed') await systemctl(['stop', '--', unit], hands);
  },
};
