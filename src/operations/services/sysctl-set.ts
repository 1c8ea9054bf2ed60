import { Cannot } from '../../model/cannot.js';
import { type SysctlSet, sysctls } from '../../model/service-operations.js';
import { bytesOfText, textOfBytes } from '../files/edit-lines.js';
import { putInPlace, temporaryName } from '../files/put-in-place.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { tagOf } from '../tag.js';
import { Arguments } from '../validate.js';

interface Before {
  readonly value: readonly number[];
}

const bounds = { timeoutMs: 5_000 };

/** A limit of the kernel, and where it is to be kept a file of the change's own that is read at boot (sysctl.d(5)). */
export const operation: OperationKindOf<SysctlSet, Before> = {
  kind: 'sysctl-set',
  check(json) {
    const args = new Arguments('sysctl-set', json);
    const kind = args.oneOf('kind', ['sysctl-set']);
    const name = args.oneOf('name', Object.keys(sysctls) as SysctlSet['name'][]);
    const value = args.list('value', 4, (one) => {
      if (typeof one !== 'number' || !Number.isInteger(one)) throw args.wrong('value is no whole number');
      return one;
    });
    const kept = args.optional('kept', (key) => args.take(key));
    args.end();
    if (kept !== undefined && kept !== true) throw args.wrong('kept is true or left out');
    const allowed: readonly (readonly [number, number])[] = sysctls[name];
    const fits = allowed.every(([least, most], i) => (value[i] ?? 0) >= least && (value[i] ?? 0) <= most);
    const [first = 0, last = first + 1] = value;
    if (value.length !== allowed.length || !fits || first >= last) throw args.wrong('value is none of that limit');
    return { kind, name, value, ...(kept === true && { kept }) };
  },
  commands: ({ name, value, kept }, id) => [
    `sysctl -w ${name}="${value.join(' ')}"`,
    ...(kept ? [`write "${name} = ${value.join(' ')}" into ${fileOf(id)}`] : []),
  ],
  undo: ({ name, kept }, id, before) => [
    ...(kept ? [`rm ${fileOf(id)}`] : []),
    `sysctl -w ${name}="${before.value.join(' ')}"`,
  ],
  async capture({ name }, hands) {
    if ((await hands.disk.read(fileOf(hands.id), 4096)) !== null)
      throw new Cannot(`${fileOf(hands.id)} is there already`);
    return { value: await valueOf(name, hands) };
  },
  preview: ({ name, value, kept }, before, id) => [
    `  ${name}:`,
    `- ${before.value.join(' ')}`,
    `+ ${value.join(' ')}`,
    ...(kept ? [`  ${fileOf(id)}:`, `+ ${name} = ${value.join(' ')}`] : []),
  ],
  async apply(operation, _before, hands) {
    const { name, value, kept } = operation;
    const rights = { mode: 0o644, uid: 0, gid: 0 };
    if (kept) await putInPlace(fileOf(hands.id), bytesOfText(textOf(operation, hands.id)), rights, hands);
    await write(name, value, hands);
  },
  async look(operation, before, hands): Promise<Look> {
    const { name, value, kept } = operation;
    const now = await valueOf(name, hands);
    const file = await hands.disk.read(fileOf(hands.id), 4096);
    const isWritten = file !== null && textOfBytes(file.bytes) === textOf(operation, hands.id);
    const difference = [`  ${name} is ${now.join(' ')}`, ...(file === null ? [] : [`  ${fileOf(hands.id)} is there`])];
    if (isSame(now, before.value)) return file === null ? { is: 'before' } : { is: 'torn', difference };
    if (isSame(now, value) && (kept ? isWritten : file === null)) return { is: 'after' };
    if (isSame(now, value) && file === null) return { is: 'torn', difference };
    return { is: 'other', ours: file !== null, difference };
  },
  async revert({ name, value }, before, hands) {
    // By its name it is this change's own, whatever stands in it.
    await hands.disk.remove(fileOf(hands.id));
    if (isSame(await valueOf(name, hands), value)) await write(name, before.value, hands);
  },
  sweep: (_operation, hands) => hands.disk.remove(temporaryName(fileOf(hands.id), hands.id)),
};

/** Read after those of distributions, in the order of names. */
function fileOf(id: string): string {
  return `/etc/sysctl.d/90-whoblocked-${id}.conf`;
}

function textOf({ name, value }: SysctlSet, id: string): string {
  return `# ${tagOf(id)}\n${name} = ${value.join(' ')}\n`;
}

async function valueOf(name: SysctlSet['name'], { run }: Pick<Hands, 'run'>): Promise<number[]> {
  const printed = mustHaveRun('sysctl', await run('sysctl', ['-n', name], bounds));
  const value = printed.trim().split(/\s+/).map(Number);
  if (value.some((one) => !Number.isFinite(one))) throw new Cannot(`${name} cannot be read`);
  return value;
}

async function write(name: SysctlSet['name'], value: readonly number[], { run }: Hands): Promise<void> {
  mustHaveRun('sysctl', await run('sysctl', ['-q', '-w', `${name}=${value.join(' ')}`], bounds));
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.join(' ') === other.join(' ');
}
