import { describe, expect, it } from 'vitest';
import { Cannot } from '../../model/cannot.js';
import type { Operation } from '../../model/operation.js';
import { changesText } from '../../report/changes-text.js';
import {
  ailment,
  attempt,
  cleanState,
  files,
  hosts,
  match,
  mustBeSound,
  nothing,
  operationsOf,
  place,
  plan,
  rules,
  stateOf,
  type What,
} from './attempt.fixture.js';
import { carryOut, newId, type Order, type Outcome } from './carry-out.js';
import { leftovers, undo } from './leftovers.js';
import { type Fault, FakeMachine, Killed } from './machine.fixture.js';
import type { Tools } from './tools.js';
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

const cases = (['a line of a file', 'a rule, and the file that is loaded at boot'] as const).flatMap((what) =>
  [false, true].map((mounted) => ({ what, mounted })),
);
for (const options of cases) {
  const where = options.mounted ? ', where the file can only be written in place' : '';
  describe(`one fault at every step of ${options.what}${where}`, () => {
    it.each(Object.keys(kinds))('whoever makes the change %s', async (name) => {
      const { steps } = await attempt(nothing, nothing, options);
      const seen = new Set<string>();
      for (let at = 0; at < steps.length; at++) {
        const tried = await attempt(
          (step) => {
            if (step === at) throw kinds[name]?.() ?? new Killed();
          },
          nothing,
          options,
        );
        seen.add(await mustBeSound(tried));
      }
      expect(steps.length).toBeGreaterThan(30);
      expect(seen).toContain('before');
    });

    it('the disk is full from some step on, and has room again later', async () => {
      const { steps } = await attempt(nothing, nothing, options);
      for (let at = 0; at < steps.length; at++) {
        const full: Fault = (step, what) => {
          if (step >= at && /^(?:create|overwrite)/.test(what)) throw new Cannot('the disk is full');
        };
        await mustBeSound(await attempt(full, nothing, options));
      }
    });

    it('the watchdog is killed', async () => {
      for (let at = 0; at < 40; at++) {
        const tried = await attempt(
          nothing,
          (step) => {
            if (step === at) throw new Killed();
          },
          options,
        );
        await mustBeSound(tried);
      }
    });

    it.each([false, true])('the power goes (what was not synced reached the disk: %s)', async (lucky) => {
      const { steps } = await attempt(nothing, nothing, options);
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
          options,
        );
        tried.machine.powerCut(lucky);
        await mustBeSound(tried);
      }
    });
  });
}

describe('two changes in the same place', () => {
  async function two(what: What, second: Operation): Promise<{ machine: FakeMachine; ids: [string, string] }> {
    const { machine, id } = await attempt(nothing, nothing, { what });
    const tools = await machine.process(nothing);
    const order: Order = {
      id: newId(tools),
      remedy: { id: 'another', risk: 'low' },
      plan: { ...plan, operations: [second] },
      ailment,
      keepForMs: 60_000,
      until: null,
      judge: () => Promise.resolve(null),
      signal: new AbortController().signal,
    };
    expect(await carryOut(order, tools)).toMatchObject({ done: true });
    machine.kill(tools.self.pid);
    await Promise.all(machine.watchdogs);
    return { machine, ids: [id, order.id] };
  }

  it.each([
    [0, 1],
    [1, 0],
  ])('of the kernel are taken back in either order: %i, then %i', async (first, then) => {
    const other = { ...match, dport: 80 };
    const { machine, ids } = await two('a rule', { kind: 'nft-allow', rules: [{ family: 'inet', table: 'filter', chain: 'output', place, match: other }] }); // prettier-ignore
    const tools = await machine.process(nothing);
    expect(await undo(ids[first] ?? '', 'exactly', tools)).toMatchObject({ ok: true });
    expect(machine.nft.text).toContain(`whoblocked ${ids[then] ?? ''}`);
    expect(await undo(ids[then] ?? '', 'exactly', tools)).toMatchObject({ ok: true });
    expect(stateOf(machine)).toBe(cleanState);
  });

  it('of a file: the first one says which has to go before it', async () => {
    const { machine, ids } = await two('a line of a file', { kind: 'file-lines', file: 'hosts', edits: [{ do: 'comment-out', line: 3, was: '# the end' }] }); // prettier-ignore
    const tools = await machine.process(nothing);
    expect(await undo(ids[0], 'exactly', tools)).toMatchObject({ ok: false, why: expect.stringContaining(`whoblocked undo ${ids[1]}`) as unknown }); // prettier-ignore
    expect(await undo(ids[1], 'exactly', tools)).toMatchObject({ ok: true });
    expect(await undo(ids[0], 'exactly', tools)).toMatchObject({ ok: true });
    expect(stateOf(machine)).toBe(cleanState);
  });
});

describe('an exception whose time was over while the computer was off', () => {
  it('is taken back at the next start, and its record says so', async () => {
    const { machine, id } = await attempt(nothing, nothing, { what: 'a rule, and the file that is loaded at boot' });
    const last = await machine.process(nothing);
    await last.journal.write({ ...(await last.journal.change(id)), until: '2026-01-02T03:04:05.000Z' });
    machine.powerCut(false);
    expect(machine.text('/etc/nftables.conf')).toContain(`whoblocked ${id}`);
    const tools = await machine.process(nothing);
    const { settled, unfinished } = await leftovers(tools);
    expect(unfinished).toEqual([]);
    expect(settled).toMatchObject([{ id, state: 'reverted', note: 'its time was over' }]);
    expect(stateOf(machine)).toBe(cleanState);
    expect(changesText([await tools.journal.change(id)], 'whoblocked undo')).toMatch(
      /taken back[\s\S]*its time was over/,
    );
  });
});

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

  it('makes a plan that no longer fits go nowhere, with its reason', async () => {
    const { steps } = await attempt(nothing, nothing, { what: 'a rule, and the file that is loaded at boot' });
    const applying = steps.findLastIndex((step) => step.startsWith('nft -j {') && step.includes('insert'));
    expect(applying).toBeGreaterThan(10);
    const machine = new FakeMachine(files);
    const tools = await machine.process((step) => {
      // The manager loads other rules between the plan and the change.
      if (step === 12) machine.nft.load(rules.replace('tcp dport 443 drop', 'tcp dport 443 reject'));
    });
    const outcome = await carryOut(
      {
        id: newId(tools),
        remedy: { id: 'allow-in-firewall', risk: 'low' },
        plan: { ...plan, operations: operationsOf['a rule, and the file that is loaded at boot'] },
        ailment,
        keepForMs: 60_000,
        until: null,
        judge: () => Promise.resolve(null),
        signal: new AbortController().signal,
      },
      tools,
    );
    expect(outcome).toMatchObject({ done: false, left: [], why: expect.stringMatching(/somebody changed/) as unknown });
    expect(machine.nft.text).not.toContain('whoblocked');
    machine.kill(tools.self.pid);
    await Promise.all(machine.watchdogs);
  });

  it.each([
    ['and it still works: it is kept', null],
    ['and stops it again: it is taken back', 'it is stopped again'],
  ])('in the same place makes it be measured once more, %s', async (_name, second) => {
    const machine = new FakeMachine(files);
    const tools = await machine.process(nothing);
    const told = [null, second];
    const outcome = await carryOut(
      {
        id: newId(tools),
        remedy: { id: 'switch-off-hosts-line', risk: 'low' },
        plan,
        ailment,
        keepForMs: 60_000,
        until: null,
        judge: () => {
          if (told.length === 2)
            machine.put('/etc/hosts', `${machine.text('/etc/hosts') ?? ''}192.0.2.66 shop.example\n`);
          return Promise.resolve(told.shift() ?? null);
        },
        signal: new AbortController().signal,
      },
      tools,
    );
    expect(told).toEqual([]);
    if (second === null) expect(outcome).toMatchObject({ done: true });
    else expect(outcome).toMatchObject({ done: false, left: [], why: 'somebody changed it again at once (+ 192.0.2.66 shop.example): it is stopped again' }); // prettier-ignore
    machine.kill(tools.self.pid);
    await Promise.all(machine.watchdogs);
  });

  it('keeps a second run from making another change at the same time', async () => {
    const machine = new FakeMachine(files);
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

  it('makes no second change where another run has repaired the same target while this one waited for a yes', async () => {
    const machine = new FakeMachine(files);
    const tools = await machine.process(nothing);
    const order = (target: string, plannedAt: Date): Order => ({
      id: newId(tools),
      remedy: { id: 'switch-off-hosts-line', risk: 'low' },
      plan,
      plannedAt,
      ailment: { ...ailment, target: { input: target } },
      keepForMs: 60_000,
      until: null,
      judge: () => Promise.resolve(null),
      signal: new AbortController().signal,
    });
    const [target, before] = ['https://shop.example/', tools.clock.wall()];
    expect(await carryOut(order(target, before), tools)).toMatchObject({ done: true });
    const late = await carryOut(order(target, before), tools);
    expect(late).toMatchObject({ done: false, left: [], change: null, why: expect.stringMatching(/another run has repaired/) as unknown }); // prettier-ignore
  });
});
