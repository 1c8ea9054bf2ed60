import { expect } from 'vitest';
import type { Operation } from '../../model/operation.js';
import type { Ailment, Plan } from '../../model/remedy.js';
import { carryOut, newId, type Order, type Outcome } from './carry-out.js';
import { leftovers, undo } from './leftovers.js';
import { type Fault, FakeMachine, Killed } from './machine.fixture.js';
import type { Tools } from './tools.js';

export const hosts = '127.0.0.1\tlocalhost\n192.0.2.66\tshop.example\n# the end\n';
export const rules =
  'table inet filter {\n\tchain output {\n\t\ttype filter hook output priority 0;\n\t\toif lo accept\n\t\ttcp dport 443 drop\n\t}\n}\n';
export const match = { family: 4, protocol: 'tcp', destination: '198.51.100.10', dport: 443 } as const;
export const place = { above: 2, text: 'text "tcp dport 443 drop"' } as const;

/** A line of a file; and a rule in the kernel with the same rule in the file that is loaded at boot. */
export const operationsOf = {
  'a line of a file': [
    { kind: 'file-lines', file: 'hosts', edits: [{ do: 'comment-out', line: 2, was: '192.0.2.66\tshop.example' }] },
  ],
  'a rule': [{ kind: 'nft-allow', rules: [{ family: 'inet', table: 'filter', chain: 'output', place, match }] }],
  'a rule, and the file that is loaded at boot': [
    { kind: 'nft-allow', rules: [{ family: 'inet', table: 'filter', chain: 'output', place, match }] },
    {
      kind: 'file-lines',
      file: 'nftables.conf',
      edits: [{ do: 'add-allow', below: 4, was: '\t\toif lo accept', match }],
    },
  ],
} as const satisfies Record<string, readonly Operation[]>;
export type What = keyof typeof operationsOf;

export const plan: Plan = {
  title: 'switches a line off',
  operations: operationsOf['a line of a file'],
  opens: [],
  wider: false,
  mayCutOff: false,
  notes: [],
};
export const ailment = {
  target: { input: 'https://shop.example/' },
  verdict: { cause: 'hosts-file-override', summary: 'A line of the hosts file sends the name elsewhere.' },
} as Ailment;

export const files = { '/etc/hosts': hosts, '/etc/nftables.conf': rules };
export const nothing: Fault = () => undefined;
export interface Tried {
  readonly machine: FakeMachine;
  readonly id: string;
  readonly outcome: Outcome | 'killed';
  readonly steps: string[];
}

export async function attempt(
  fault: Fault,
  watchdogFault: Fault,
  options: { readonly mounted?: boolean; readonly judged?: string; readonly what?: What } = {},
): Promise<Tried> {
  const machine = new FakeMachine(files);
  if (options.mounted) for (const file of Object.keys(files)) machine.mounted.add(file);
  const steps: string[] = [];
  const tools = await machine.process((step, what) => {
    steps.push(what);
    fault(step, what);
  }, watchdogFault);
  const id = newId(tools);
  const order: Order = {
    id,
    remedy: { id: 'switch-off-hosts-line', risk: 'low' },
    plan: { ...plan, operations: operationsOf[options.what ?? 'a line of a file'] },
    ailment,
    keepForMs: 60_000,
    until: null,
    judge: () => Promise.resolve(options.judged ?? null),
    signal: new AbortController().signal,
  };
  const outcome = await carryOut(order, tools).catch((error: unknown) => {
    if (error instanceof Killed) return 'killed' as const;
    throw error;
  });
  machine.kill(tools.self.pid);
  await Promise.all(machine.watchdogs);
  return { machine, id, outcome, steps };
}

/** What the next start of the program does, and what a person does with what it offers. */
export async function nextStart(machine: FakeMachine): Promise<Tools> {
  const tools = await machine.process(nothing);
  const { unfinished, unreadable } = await leftovers(tools);
  expect(unreadable).toEqual([]);
  for (const { id } of unfinished) expect(await undo(id, 'exactly', tools)).toMatchObject({ ok: true });
  return tools;
}

export const stateOf = (machine: FakeMachine): string =>
  [...Object.keys(files).map((file) => machine.text(file)), machine.nft.text, [...machine.nft.tables].join(' ')].join(
    '\n',
  );
export const cleanState = stateOf(new FakeMachine(files));

/** As before, with nothing left behind; or whole and recorded. */
export async function mustBeSound({ machine, id }: Tried): Promise<'before' | 'whole'> {
  const tools = await nextStart(machine);
  const entry = await tools.journal.entry(id);
  const state = entry?.is === 'change' ? entry.change.state : 'none';
  const isWhole = state === 'confirmed';
  if (isWhole) {
    const changed = stateOf(machine).split(`whoblocked ${id}`).length - 1;
    const steps = entry?.is === 'change' ? entry.change.steps.length - 1 : 0;
    expect(changed).toBe(steps);
    expect(await undo(id, 'exactly', tools)).toMatchObject({ ok: true });
  } else expect(['none', 'reverted', 'failed']).toContain(state);
  expect(stateOf(machine)).toBe(cleanState);
  const strays = machine.paths.filter((path) => /probe-|draft-|\.whoblocked-|\.new$/.test(path));
  expect(strays).toEqual([]);
  return isWhole ? 'whole' : 'before';
}
