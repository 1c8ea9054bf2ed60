import { describe, expect, it } from 'vitest';
import { Cannot } from '../../model/cannot.js';
import type { Ailment, Plan } from '../../model/remedy.js';
import { carryOut, newId, type Order, type Outcome } from './carry-out.js';
import { leftovers, undo } from './leftovers.js';
import { type Fault, FakeMachine, Killed } from './machine.fixture.js';
import type { Tools } from './tools.js';

const hosts = '127.0.0.1\tlocalhost\n192.0.2.66\tshop.example\n# the end\n';
const plan: Plan = {
  title: 'switches a line off',
  operations: [
    { kind: 'file-lines', file: 'hosts', edits: [{ do: 'comment-out', line: 2, was: '192.0.2.66\tshop.example' }] },
  ],
  opens: [],
  wider: false,
  mayCutOff: false,
  notes: [],
};
const ailment = {
  target: { input: 'https://shop.example/' },
  verdict: { cause: 'hosts-file-override', summary: 'A line of the hosts file sends the name elsewhere.' },
} as Ailment;

const nothing: Fault = () => undefined;
const changedHosts = (id: string): string => hosts.replace('192.0.2.66', `# whoblocked ${id}: 192.0.2.66`);

interface Tried {
  readonly machine: FakeMachine;
  readonly id: string;
  readonly outcome: Outcome | 'killed';
  readonly steps: string[];
}

async function attempt(
  fault: Fault,
  watchdogFault: Fault,
  options: { readonly mounted?: boolean; readonly judged?: string } = {},
): Promise<Tried> {
  const machine = new FakeMachine({ '/etc/hosts': hosts });
  if (options.mounted) machine.mounted.add('/etc/hosts');
  const steps: string[] = [];
  const tools = await machine.process((step, what) => {
    steps.push(what);
    fault(step, what);
  }, watchdogFault);
  const id = newId(tools);
  const order: Order = {
    id,
    remedy: { id: 'switch-off-hosts-line', risk: 'low' },
    plan,
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
async function nextStart(machine: FakeMachine): Promise<Tools> {
  const tools = await machine.process(nothing);
  const { unfinished, unreadable } = await leftovers(tools);
  expect(unreadable).toEqual([]);
  for (const { id } of unfinished) expect(await undo(id, 'exactly', tools)).toMatchObject({ ok: true });
  return tools;
}

/** As before, with nothing left behind; or whole and recorded. */
async function mustBeSound({ machine, id }: Tried): Promise<'before' | 'whole'> {
  const tools = await nextStart(machine);
  const entry = await tools.journal.entry(id);
  const state = entry?.is === 'change' ? entry.change.state : 'none';
  const text = machine.text('/etc/hosts');
  const strays = machine.paths.filter((path) => /probe-|\.whoblocked-/.test(path));
  expect(strays).toEqual([]);
  if (state === 'confirmed') {
    expect(text).toBe(changedHosts(id));
    expect(await undo(id, 'exactly', tools)).toMatchObject({ ok: true });
    expect(machine.text('/etc/hosts')).toBe(hosts);
    return 'whole';
  }
  expect(text).toBe(hosts);
  expect(['none', 'reverted', 'failed']).toContain(state);
  return 'before';
}

describe('a change without any fault', () => {
  it('is made, recorded, and taken back byte for byte', async () => {
    const tried = await attempt(nothing, nothing);
    expect(tried.outcome).toMatchObject({ done: true, change: { state: 'confirmed' } });
    expect(await mustBeSound(tried)).toBe('whole');
  });

  it('is written down and synced before anything is done', async () => {
    const { steps, id } = await attempt(nothing, nothing);
    const record = `/var/lib/whoblocked/changes/${id}.change`;
    const first = steps.indexOf('move /etc/hosts');
    const written = steps.slice(0, first).lastIndexOf(`move ${record}`);
    expect(written).toBeGreaterThan(steps.indexOf(`sync ${record}.new`));
    expect(steps.slice(written, first)).toContain('sync directory /var/lib/whoblocked/changes');
    expect(first).toBeGreaterThan(0);
  });

  it('is taken back when it does not help', async () => {
    const tried = await attempt(nothing, nothing, { judged: 'it does not work' });
    expect(tried.outcome).toMatchObject({ done: false, left: [], change: { state: 'reverted' } });
    expect(await mustBeSound(tried)).toBe('before');
  });
});

const kinds: Readonly<Record<string, () => Error>> = {
  'is killed': () => new Killed(),
  'finds the disk full': () => new Cannot('the disk is full'),
};

for (const mounted of [false, true]) {
  const where = mounted ? 'a file that is mounted on' : 'an ordinary file';
  describe(`one fault at every step, with ${where}`, () => {
    it.each(Object.keys(kinds))('whoever makes the change %s', async (name) => {
      const { steps } = await attempt(nothing, nothing, { mounted });
      const seen = new Set<string>();
      for (let at = 0; at < steps.length; at++) {
        const tried = await attempt(
          (step) => {
            if (step === at) throw kinds[name]?.() ?? new Killed();
          },
          nothing,
          { mounted },
        );
        seen.add(await mustBeSound(tried));
      }
      expect(steps.length).toBeGreaterThan(30);
      expect(seen).toContain('before');
    });

    it('the disk is full from some step on, and has room again later', async () => {
      const { steps } = await attempt(nothing, nothing, { mounted });
      for (let at = 0; at < steps.length; at++) {
        const full: Fault = (step, what) => {
          if (step >= at && /^(?:create|overwrite)/.test(what)) throw new Cannot('the disk is full');
        };
        await mustBeSound(await attempt(full, nothing, { mounted }));
      }
    });

    it('the watchdog is killed', async () => {
      for (let at = 0; at < 40; at++) {
        const tried = await attempt(
          nothing,
          (step) => {
            if (step === at) throw new Killed();
          },
          { mounted },
        );
        await mustBeSound(tried);
      }
    });

    it.each([false, true])('the power goes (what was not synced reached the disk: %s)', async (lucky) => {
      const { steps } = await attempt(nothing, nothing, { mounted });
      for (let at = 0; at <= steps.length; at++) {
        let isDark = false;
        const tried = await attempt(
          (step) => {
            isDark ||= step >= at;
            if (isDark) throw new Killed();
          },
          () => {
            if (isDark) throw new Killed();
          },
          { mounted },
        );
        tried.machine.powerCut(lucky);
        await mustBeSound(tried);
      }
    });
  });
}

describe('what others do meanwhile', () => {
  it('stops undo, which shows the difference and touches nothing', async () => {
    const { machine, id } = await attempt(nothing, nothing);
    const theirs = `${machine.text('/etc/hosts') ?? ''}192.0.2.7 printer\n`;
    machine.put('/etc/hosts', theirs);
    const tools = await machine.process(nothing);
    expect(await undo(id, 'exactly', tools)).toMatchObject({
      ok: false,
      difference: expect.arrayContaining(['+ 192.0.2.7 printer']) as unknown,
    });
    expect(machine.text('/etc/hosts')).toBe(theirs);
    expect(await undo(id, 'ours', tools)).toMatchObject({ ok: true });
    expect(machine.text('/etc/hosts')).toBe(`${hosts}192.0.2.7 printer\n`);
  });

  it('keeps a second run from making another change at the same time', async () => {
    const machine = new FakeMachine({ '/etc/hosts': hosts });
    const [first, second] = [await machine.process(nothing), await machine.process(nothing)];
    const order = (tools: Tools, judge: Order['judge']): Order => ({
      id: newId(tools),
      remedy: { id: 'switch-off-hosts-line', risk: 'low' },
      plan,
      ailment,
      keepForMs: 60_000,
      until: null,
      judge,
      signal: new AbortController().signal,
    });
    let other: Outcome | null = null;
    const outcome = await carryOut(
      order(first, async () => {
        other = await carryOut(
          order(second, () => Promise.resolve(null)),
          second,
        );
        return null;
      }),
      first,
    );
    expect(outcome).toMatchObject({ done: true });
    expect(other).toMatchObject({ done: false, why: expect.stringMatching(/another run/) as unknown });
  });
});
