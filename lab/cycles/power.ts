// `npm run cycles -- --power`: the power goes before every step. The device's /etc and /var/lib lie on a real ext4 that
// writes nothing by itself; before each step the disk is copied as it is, and every copy that differs is then mounted again
// (the kernel replays its journal), the rules are loaded as at boot, and the command's next start has to make it good.
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { must } from '../world/process.js';
import type { Cycle } from './cycle.js';
import { treeOf, type Device } from './device.js';
import { command, noWatchdog, settled, stateOf, wordsOf, type Bench } from './run-cycle.js';

/** Renaming over a file is no order to write it (noauto_da_alloc), data may come after names (data=writeback): the harshest. */
const options = 'loop,data=writeback,noauto_da_alloc,commit=300';

export interface PowerFinding {
  /** Which copy: "fix 12". */
  at: string;
  ended: 'whole' | 'before';
  wrong: string[];
}

export async function powerCuts(bench: Bench, cycle: Cycle, synced: boolean): Promise<PowerFinding[]> {
  const { device } = bench;
  await device.clean();
  const disk = new Disk(device);
  await disk.make();
  try {
    return await withDisk(bench, cycle, synced, disk);
  } finally {
    await cycle.mends?.(device);
    await device.end();
    await disk.unmount();
    rmSync(disk.copies, { recursive: true, force: true });
  }
}

async function withDisk(bench: Bench, cycle: Cycle, synced: boolean, disk: Disk): Promise<PowerFinding[]> {
  const { device } = bench;
  await cycle.breaks(device);
  await disk.sync();
  // As after its last start: ufw fills chains then that it leaves out when it is switched on.
  if (cycle.mends === undefined) {
    await device.end();
    await cycle.boots?.(device);
  }
  await disk.sync();
  const before = await stateOf(cycle, device);
  const findings: PowerFinding[] = [];
  for (const [what, words] of [
    ['fix', wordsOf(cycle)],
    ['undo', ['undo', '--all', '--json']],
  ] as const) {
    const into = path.join(disk.copies, what);
    mkdirSync(into, { recursive: true });
    const fault = { kind: 'snapshots', at: -1, log: null, disk: disk.image, into, synced } as const;
    const ran = await command(bench, words, fault, cycle.environment);
    const wrong: string[] = ran.code === 0 ? [] : [`ended with ${ran.code}: ${ran.stdout}${ran.stderr}`];
    // What it has said is done must be so, whenever the power goes.
    copyFileSync(disk.image, path.join(into, 'end'));
    await noWatchdog(device, wrong);
    findings.push({ at: what, ended: what === 'fix' ? 'whole' : 'before', wrong });
  }
  const seen = new Set<string>();
  for (const what of ['fix', 'undo']) {
    const into = path.join(disk.copies, what);
    for (const name of inOrder(readdirSync(into))) {
      const found = await recovered(bench, cycle, disk, path.join(into, name), before, seen);
      if (found === null) continue;
      const wanted = name !== 'end' ? null : what === 'fix' ? 'whole' : 'before';
      if (wanted !== null && found.ended !== wanted)
        found.wrong.push(`it had said that it is done, and it is ${found.ended}`);
      findings.push({ at: `${what} ${name}`, ...found });
    }
  }
  return findings;
}

/** Null where a copy holds the same files as one before it. */
async function recovered(
  bench: Bench,
  cycle: Cycle,
  disk: Disk,
  copy: string,
  before: string,
  seen: Set<string>,
): Promise<Omit<PowerFinding, 'at'> | null> {
  const { device } = bench;
  await device.end();
  await disk.exchange(copy);
  const files = disk.files();
  if (seen.has(files) && !copy.endsWith('end')) return null;
  seen.add(files);
  const wrong: string[] = [];
  try {
    await cycle.boots?.(device);
  } catch {
    // A manager that cannot start with a file that was cut off has to start once that was taken back.
    await command(bench, ['undo', '--all', '--json']);
    await cycle.boots?.(device).catch((error: unknown) => void wrong.push(`it does not start again: ${String(error)}`));
  }
  return { ended: await settled(bench, cycle, before, 1, wrong), wrong };
}

function inOrder(names: readonly string[]): string[] {
  return names.toSorted((a, b) => (a === 'end' ? 1 : b === 'end' ? -1 : Number(a) - Number(b)));
}

class Disk {
  readonly image: string;
  readonly copies: string;
  readonly #place: string;

  constructor(private readonly device: Device) {
    this.image = path.join(device.directory, 'disk.img');
    this.copies = path.join(device.directory, 'copies');
    this.#place = path.join(device.directory, 'disk');
  }

  async make(): Promise<void> {
    mkdirSync(this.#place, { recursive: true });
    mkdirSync(this.copies, { recursive: true });
    rmSync(this.image, { force: true });
    await must('truncate', ['-s', '40M', this.image], {});
    await must('mkfs.ext4', ['-q', '-F', '-J', 'size=4', this.image], { timeoutMs: 60_000 });
    await this.#mount();
    await this.device.words('mkdir', `${this.#place}/var-lib`);
    await this.device.words('cp', '-a', `${this.device.directory}/etc-clean`, `${this.#place}/etc`);
    await this.#bind();
  }

  /** The copy in its place, as the next start of the computer finds it. */
  async exchange(copy: string): Promise<void> {
    await this.unmount();
    copyFileSync(copy, this.image);
    await this.#mount();
    await this.#bind();
  }

  async sync(): Promise<void> {
    await this.device.words('sync', '-f', this.#place);
  }

  files(): string {
    return [...treeOf(this.device.etc('.')), ...treeOf(this.device.etc('../var/lib'))].join('\n');
  }

  async unmount(): Promise<void> {
    for (const place of ['/etc', '/var/lib', this.#place]) await this.device.words('umount', place);
  }

  async #mount(): Promise<void> {
    await this.device.words('mount', '-o', options, this.image, this.#place);
  }

  async #bind(): Promise<void> {
    await this.device.words('mount', '--bind', `${this.#place}/etc`, '/etc');
    await this.device.words('mount', '--bind', `${this.#place}/var-lib`, '/var/lib');
  }
}
