import { familyOf } from '../../model/address.js';
import type { UnitAllow, UnitFiles } from '../../model/own-file-operations.js';
import { systemctl } from '../services/unit-state.js';
import { tagOf } from '../tag.js';
import type { OwnContentKind } from './own-content.js';

/** Services and slices (systemd.unit(5)), without what would be an option or a folder. */
const serviceOrSlice = /^[A-Za-z0-9_][\w:.\\@-]{0,120}\.(?:service|slice)$/;
const service = /^[A-Za-z0-9_][\w:.\\@-]{0,120}\.service$/;

/** The last by its name, behind what `systemctl edit` writes (override.conf): of most settings the last one counts. */
function placeOf({ unit }: { readonly unit: string }, id: string): string {
  return `/etc/systemd/system/${unit}.d/zz-whoblocked-${id}.conf`;
}

function textOf(section: 'Service' | 'Slice', line: string, id: string): string {
  return `# ${tagOf(id)}\n[${section}]\n${line}\n`;
}

/** It reads its units again, and gives those that run what their control groups are to have (src/core/unit-serialize.c). */
const told = {
  reader: 'systemd',
  telling: ['systemctl daemon-reload'],
  tell: (hands) => systemctl(['daemon-reload'], hands),
  seenWithinMs: 0,
} as const satisfies Partial<OwnContentKind<UnitAllow>>;

export const unitAllow: OwnContentKind<UnitAllow> = {
  check(args) {
    const unit = args.matching('unit', serviceOrSlice);
    const addresses = args.list('addresses', 8, (one) => {
      if (typeof one !== 'string' || familyOf(one) === 0 || one.includes('%')) throw args.wrong('addresses holds none');
      return one;
    });
    return { is: 'unit-allow', unit, addresses };
  },
  place: placeOf,
  // A list in one line adds to those before; only an empty one would take them away.
  text: ({ unit, addresses }, id) =>
    textOf(unit.endsWith('.slice') ? 'Slice' : 'Service', `IPAddressAllow=${addresses.join(' ')}`, id),
  ...told,
};

/** A limit of a process is set as it starts: one that runs keeps its own. */
export const unitFiles: OwnContentKind<UnitFiles> = {
  check(args) {
    const unit = args.matching('unit', service);
    const files = args.whole('files', 64, 1_048_576);
    return { is: 'unit-files', unit, files };
  },
  place: placeOf,
  text: ({ files }, id) => textOf('Service', `LimitNOFILE=${files}`, id),
  ...told,
};
