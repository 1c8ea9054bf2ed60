import { describe, expect, it } from 'vitest';
import { Cannot } from '../../model/cannot.js';
import { attempt, cleanState, mustBeSound, nothing, rules, stateOf, type Tried } from './attempt.fixture.js';
import { undo } from './leftovers.js';
import { type Fault, Killed } from './machine.fixture.js';
import { tryUndo } from './try-undo.js';

describe('an undo that is tried', () => {
  const what = 'a rule, and the file that is loaded at boot';

  it('stays when it is kept', async () => {
    const { machine, id } = await attempt(nothing, nothing, { what });
    const tools = await machine.process(nothing);
    const change = await tools.journal.change(id);
    const seen: string[] = [];
    const judge = (): Promise<null> => Promise.resolve(void seen.push(stateOf(machine))).then(() => null);
    expect(await tryUndo(change, 'exactly', tools, judge)).toMatchObject({ ok: true, change: { state: 'reverted' } });
    expect(seen).toEqual([cleanState]);
    expect(stateOf(machine)).toBe(cleanState);
  });

  it('is in force again when nobody keeps it, byte for byte, and can be undone later', async () => {
    const tried = await attempt(nothing, nothing, { what });
    const { machine, id } = tried;
    const inForce = stateOf(machine);
    const tools = await machine.process(nothing);
    const change = await tools.journal.change(id);
    const taken = await tryUndo(change, 'exactly', tools, () => Promise.resolve('nobody said yes'));
    expect(taken).toMatchObject({
      ok: false,
      why: 'nobody said yes: it is in force again',
      change: { state: 'confirmed' },
    });
    expect(stateOf(machine)).toBe(inForce);
    expect(await mustBeSound(tried)).toBe('whole');
  });

  it('is not made again over what somebody did meanwhile', async () => {
    const { machine, id } = await attempt(nothing, nothing, { what });
    const tools = await machine.process(nothing);
    const change = await tools.journal.change(id);
    const judge = (): Promise<string> => {
      machine.nft.load(rules.replace('tcp dport 443 drop', 'tcp dport 443 reject'));
      return Promise.resolve('nobody said yes');
    };
    await expect(tryUndo(change, 'exactly', tools, judge)).rejects.toThrow(/could not be made again/);
    expect(machine.nft.text).not.toContain('whoblocked');
  });

  /** With a fault at one step of the run that undoes, and of its watchdog; then the next start looks through what is left. */
  async function triedWith(
    why: string | null,
    fault: Fault,
    watchdogFault: Fault = nothing,
  ): Promise<Tried & { readonly inForce: string }> {
    const tried = await attempt(nothing, nothing, { what });
    const { machine, id } = tried;
    const inForce = stateOf(machine);
    const steps: string[] = [];
    const tools = await machine.process((step, said) => {
      steps.push(said);
      fault(step, said);
    }, watchdogFault);
    try {
      await tryUndo(await tools.journal.change(id), 'exactly', tools, () => Promise.resolve(why));
    } catch (error) {
      if (!(error instanceof Killed) && !(error instanceof Cannot)) throw error;
    }
    machine.kill(tools.self.pid);
    await Promise.all(machine.watchdogs);
    return { ...tried, steps, inForce };
  }

  it.each([null, 'nobody said yes'])('is in force again when its run is killed at any step (%s)', async (why) => {
    const { steps } = await triedWith(why, nothing);
    expect(steps.length).toBeGreaterThan(40);
    for (let at = 0; at < steps.length; at++) {
      const tried = await triedWith(why, (step) => {
        if (step === at) throw new Killed();
      });
      // An empty table for the watchdog's proof may be left when nobody was there yet to take it away: the undo does.
      expect(stateOf(tried.machine).replace(/ whoblocked_probe_\w+/, ''), steps[at]).toBe(tried.inForce);
      expect(await mustBeSound(tried)).toBe('whole');
    }
  });

  it('is in force again when its run hangs and nobody hears of it any more', async () => {
    const tried = await attempt(nothing, nothing, { what });
    const inForce = stateOf(tried.machine);
    const tools = await tried.machine.process(nothing);
    const judge = (): Promise<null> => {
      tried.machine.kill(tools.self.pid);
      return new Promise(() => undefined);
    };
    const change = await tools.journal.change(tried.id);
    void tryUndo(change, 'exactly', tools, judge).catch(() => undefined);
    await Promise.race([new Promise((resolve) => setTimeout(resolve, 500)), ...tried.machine.watchdogs.slice(1)]);
    expect(stateOf(tried.machine)).toBe(inForce);
    expect(await mustBeSound(tried)).toBe('whole');
  });

  it.each([null, 'nobody said yes'])(
    'is whole or as before when its watchdog is killed at any step (%s)',
    async (why) => {
      const seen = new Set<string>();
      for (let at = 0; at < 30; at++) {
        const tried = await triedWith(why, nothing, (step) => {
          if (step === at) throw new Killed();
        });
        seen.add(await mustBeSound(tried));
      }
      expect([...seen].sort()).toEqual(why === null ? ['before', 'whole'] : ['whole']);
    },
  );

  it.each([null, 'nobody said yes'])(
    'is whole or as before when the disk is full from some step on (%s)',
    async (why) => {
      const { steps } = await triedWith(why, nothing);
      for (let at = 0; at < steps.length; at++) {
        const full: Fault = (step, said) => {
          if (step >= at && /^(?:create|overwrite)/.test(said)) throw new Cannot('the disk is full');
        };
        await mustBeSound(await triedWith(why, full));
      }
    },
  );

  it.each([false, true])(
    'is whole or as before when the power goes (what was not synced is there: %s)',
    async (lucky) => {
      const { steps } = await triedWith('nobody said yes', nothing);
      for (let at = 0; at <= steps.length; at++) {
        let isDark = false;
        const dark = (): void => {
          if (isDark) throw new Killed();
        };
        const tried = await triedWith(
          'nobody said yes',
          (step) => {
            isDark ||= step >= at;
            dark();
          },
          dark,
        );
        tried.machine.powerCut(lucky);
        await mustBeSound(tried);
      }
    },
  );

  it('lets nobody else take it back meanwhile, and is begun only for what is in force', async () => {
    const { machine, id } = await attempt(nothing, nothing, { what });
    const tools = await machine.process(nothing);
    const other = await machine.process(nothing);
    const change = await tools.journal.change(id);
    const judge = async (): Promise<null> => {
      await expect(undo(id, 'exactly', other)).rejects.toThrow(/taken back already/);
      await expect(tryUndo(change, 'exactly', other, () => Promise.resolve(null))).rejects.toThrow(
        /reverted meanwhile/,
      );
      return null;
    };
    expect(await tryUndo(change, 'exactly', tools, judge)).toMatchObject({ ok: true });
    expect(stateOf(machine)).toBe(cleanState);
  });
});
