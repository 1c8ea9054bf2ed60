import { describe, expect, it } from 'vitest';
import type { RunResult, System } from '../../model/system.js';
import { changeRichRule, richRules } from './rich-rules.js';

const said = (stdout: string, stderr = ''): RunResult => ({
  exit: stderr === '' ? 0 : 1,
  stdout,
  stderr,
  truncated: false,
});
const missing: RunResult = { exit: null, stdout: '', stderr: '', truncated: false, error: 'ENOENT' };

/** A fake of the two programs: what each call is answered, by what it holds; and what was asked. */
function programs(answers: Readonly<Record<string, RunResult>>): { run: System['run']; asked: string[] } {
  const asked: string[] = [];
  const run: System['run'] = (program, args) => {
    const line = `${program} ${args.join(' ')}`;
    asked.push(line);
    const found = Object.entries(answers).find(([words]) => line.includes(words));
    return Promise.resolve(found?.[1] ?? missing);
  };
  return { run, asked };
}

const zone = { place: 'zone', name: 'public' } as const;
const policy = { place: 'policy', name: 'homework' } as const;
const settings = (...rules: string[]): RunResult =>
  said(JSON.stringify({ type: 'a{sv}', data: [{ rich_rules: { type: 'as', data: rules } }] }));
const path = said('{"type":"o","data":["/org/fedoraproject/FirewallD1/config/policy/1"]}');

describe('rich rules by the bus', () => {
  it('are the texts of a zone, sorted', async () => {
    const hands = programs({ getRichRules: said('{"type":"as","data":[["rule b","rule a"]]}') });
    expect(await richRules(zone, false, hands)).toEqual(['rule a', 'rule b']);
    expect(hands.asked).toHaveLength(1);
  });

  it('are none where a policy leaves the list out, and null where there is no such zone', async () => {
    expect(await richRules(policy, false, programs({ getPolicySettings: said('{"type":"a{sv}","data":[{}]}') }))).toEqual([]); // prettier-ignore
    const hands = programs({ busctl: said('', 'Call failed: INVALID_ZONE: public\n') });
    expect(await richRules(zone, false, hands)).toBeNull();
    expect(await richRules(zone, true, hands)).toBeNull();
  });

  it('go into a policy beside those that are there', async () => {
    const hands = programs({ getPolicyByName: path, getSettings: settings('rule a'), ' update ': said('') });
    await changeRichRule('add', policy, true, 'rule new', hands);
    expect(hands.asked.at(-1)).toMatch(
      /config\/policy\/1 org\.\S+\.config\.policy update a\{sv\} 1 rich_rules as 2 rule a rule new$/,
    );
    const out = programs({ getPolicySettings: settings('rule a', 'rule new'), setPolicySettings: said('') });
    await changeRichRule('remove', policy, false, 'rule new', out);
    expect(out.asked.at(-1)).toMatch(/setPolicySettings sa\{sv\} homework 1 rich_rules as 1 rule a$/);
  });
});

describe('where the bus does not answer', () => {
  it.each([
    ['there is no busctl', missing],
    ['it is too old for JSON', said('', "busctl: unrecognized option '--json=short'\n")],
    ['it says what nobody expects', said('[]')],
  ])('firewall-cmd is asked: %s', async (_what, answer) => {
    const hands = programs({ busctl: answer, '--list-rich-rules': said('rule a\n'), '--add-rich-rule': said('success\n') }); // prettier-ignore
    expect(await richRules(zone, true, hands)).toEqual(['rule a']);
    await changeRichRule('add', zone, true, 'rule new', hands);
    expect(hands.asked.at(-1)).toBe('firewall-cmd --permanent --zone=public --add-rich-rule=rule new');
  });

  it('it is told that firewalld does not run', async () => {
    const hands = programs({ busctl: said('', 'Name does not exist\n'), 'firewall-cmd': said('', 'FirewallD is not running\n') }); // prettier-ignore
    await expect(richRules(zone, false, hands)).rejects.toThrow('firewalld is not running');
  });
});
