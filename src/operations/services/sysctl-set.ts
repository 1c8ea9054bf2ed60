import { Cannot } from '../../model/cannot.js';
import { type SysctlSet, sysctls } from '../../model/service-operations.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';

interface Before {
  readonly value: readonly number[];
}

const bounds = { timeoutMs: 5_000 };

/** A limit of the kernel, until the computer restarts. */
export const operation: OperationKindOf<SysctlSet, Before> = {
  kind: 'sysctl-set',
  check(json) {
    const args = new Arguments('sysctl-set', json);
    const kind = args.oneOf('kind', ['sysctl-set']);
    const name = args.oneOf('name', Object.keys(sysctls) as SysctlSet['name'][]);
    const value = args.list('value', 4, (one) => {
      if (typeof one !== 'number' || !Number.isInteger(one) || one < 1024 || one > 65_535)
        throw args.wrong('value is none of that limit');
      return one;
    });
    args.end();
    const [first = 0, last = 0] = value;
    if (value.length !== sysctls[name] || first >= last) throw args.wrong('value is no range');
    return { kind, name, value };
  },
  commands: ({ name, value }) => [`sysctl -w ${name}="${value.join(' ')}"`],
  undo: ({ name }, _id, before) => [`sysctl -w ${name}="${before.value.join(' ')}"`],
  capture: async ({ name }, hands) => ({ value: await valueOf(name, hands) }),
  preview: ({ name, value }, before) => [`  ${name}:`, `- ${before.value.join(' ')}`, `+ ${value.join(' ')}`],
  apply: ({ name, value }, _before, hands) => write(name, value, hands),
  async look({ name, value }, before, hands): Promise<Look> {
    const now = await valueOf(name, hands);
    if (isSame(now, before.value)) return { is: 'before' };
    if (isSame(now, value)) return { is: 'after' };
    return { is: 'other', ours: false, difference: [`  ${name} is ${now.join(' ')}`] };
  },
  async revert({ name, value }, before, hands) {
    if (isSame(await valueOf(name, hands), value)) await write(name, before.value, hands);
  },
};

async function valueOf(name: SysctlSet['name'], { run }: Pick<Hands, 'run'>): Promise<number[]> {
  const printed = mustHaveRun('sysctl', await run('sysctl', ['-n', name], bounds));
  const value = printed.trim().split(/\s+/).map(Number);
  if (value.some((one) => !Number.isInteger(one))) throw new Cannot(`${name} cannot be read`);
  return value;
}

async function write(name: SysctlSet['name'], value: readonly number[], { run }: Hands): Promise<void> {
  mustHaveRun('sysctl', await run('sysctl', ['-q', '-w', `${name}=${value.join(' ')}`], bounds));
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.join(' ') === other.join(' ');
}
