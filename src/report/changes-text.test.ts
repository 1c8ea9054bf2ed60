import { describe, expect, it } from 'vitest';
import type { Change } from '../model/change.js';
import type { Verdict } from '../model/report.js';
import { changesText, planText, refusedText } from './changes-text.js';

const change: Change = {
  id: 'abcdefgh',
  state: 'confirmed',
  createdAt: '2026-11-27T20:00:00.000Z',
  updatedAt: '2026-11-27T20:00:01.000Z',
  version: '0.1.0',
  remedy: 'comment-hosts-line',
  title: 'lets DNS answer for shop.example again',
  risk: 'low',
  target: 'https://shop.example/',
  cause: 'hosts-file-override',
  why: 'A line of the hosts file sends the name elsewhere.',
  opens: [],
  commands: ['put "#" in front of line 5 of /etc/hosts'],
  undo: ['put back /etc/hosts as it was'],
  steps: [],
  keepForMs: 60_000,
  until: '2026-11-27T22:00:00.000Z',
  by: { pid: 1, started: 1, boot: null },
};

describe('the list of changes', () => {
  it('says what was changed, when, why, for which target, when it ends, and how it comes back', () => {
    expect(changesText([change], 'whoblocked undo')).toMatchInlineSnapshot(`
      "● abcdefgh  in force, 2026-11-27T20:00:00.000Z, for https://shop.example/
                   lets DNS answer for shop.example again
                   put "#" in front of line 5 of /etc/hosts
        why        A line of the hosts file sends the name elsewhere.
        ends       2026-11-27T22:00:00.000Z
        undo       whoblocked undo abcdefgh
                   put back /etc/hosts as it was
      "
    `);
  });

  it('tells what is over from what is in force, and shows no way back for it', () => {
    const text = changesText([{ ...change, state: 'reverted', note: 'its time was over' }], 'whoblocked undo');
    expect(text).toMatch(/^○ abcdefgh {2}taken back/);
    expect(text).not.toContain('undo');
    expect(text).toContain('its time was over');
  });

  it('lets no text from outside begin a line or carry control characters', () => {
    const text = changesText([{ ...change, why: 'x\n● zzzzzzzz  in force\u001B[2J' }], 'whoblocked undo');
    expect(text.match(/^●/gm)).toHaveLength(1);
    expect(text).not.toContain('\u001B');
  });
});

describe('a plan', () => {
  it('is shown with its risk', () => {
    const plan = { title: 'opens all', operations: [], opens: ['x'], wider: true, mayCutOff: true, notes: [] };
    const shown = { verdict: null, plan, commands: ['ufw --force reset'], preview: [], undo: 'whoblocked undo', until: null }; // prettier-ignore
    expect(planText({ ...shown, risk: 'high' })).toMatch(/lowers safety[\s\S]*risk {7}high: .*less protected/);
    expect(planText({ ...shown, risk: 'low' })).not.toContain('lowers safety');
  });

  it('shows lines of files that end as on Windows', () => {
    const plan = { title: 'x', operations: [], opens: [], wider: false, mayCutOff: false, notes: [] };
    const preview = ['  /etc/hosts:', '- 192.0.2.1\tshop.example\r', '+ #192.0.2.1\tshop.example\r'];
    const text = planText({ verdict: null, plan, risk: 'low', commands: [], preview, undo: 'undo', until: null });
    expect(text).toMatch(/^ +- 192\.0\.2\.1 shop\.example\n +\+ #192\.0\.2\.1 shop\.example$/m);
  });
});

describe('why nothing is changed', () => {
  const verdict = { cause: 'proxy-misconfigured', certainty: 'proven', summary: 'The proxy does not answer.', advice: 'ask for the right one' } as Verdict; // prettier-ignore

  it('is said once for each reason, with those that have it', () => {
    const whyNot = 'the proxy is set by no variable of the environment';
    const other = { remedy: 'correct-proxy', whyNot: 'no other way of speaking to that proxy led to the target' };
    const text = refusedText(verdict, [{ remedy: 'bypass-proxy', whyNot }, other, { remedy: 'unset-proxy', whyNot }]);
    expect(text).toMatchInlineSnapshot(`
      "✗ The proxy does not answer.
        no fix     bypass-proxy, unset-proxy: the proxy is set by no variable of the
                   environment
        no fix     correct-proxy: no other way of speaking to that proxy led to the
                   target
        what to do ask for the right one
      "
    `);
  });

  it('is that there is nothing, where nothing has to do with it', () => {
    expect(refusedText(verdict, [])).toMatch(/^✗ The proxy[\s\S]*nothing that whoblocked may change about that/);
  });

  it('is that the cause is not known, where it is not', () => {
    const text = refusedText({ ...verdict, cause: 'undetermined', certainty: 'possible' }, []);
    expect(text).toMatch(/^\? The proxy[\s\S]*What stops it is not known[\s\S]* {2}unknown +ask/);
    expect(text).not.toContain('what to do');
  });
});
