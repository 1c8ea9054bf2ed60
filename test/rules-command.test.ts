import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCommand, run } from './built.js';
import type { Ended } from './built.js';

const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-rules-'));
const dump = path.join(directory, 'rules.v4');
let command = '';

beforeAll(async () => {
  command = await builtCommand();
  const lines = [
    '*filter',
    ':INPUT DROP [0:0]',
    ':FORWARD ACCEPT [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    '-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT',
    '-A INPUT -s 203.0.113.0/24 -j REJECT --reject-with icmp-admin-prohibited',
    'COMMIT',
  ];
  writeFileSync(dump, `${lines.join('\n')}\n`);
}, 60_000);

afterAll(() => rmSync(directory, { recursive: true }));

const rules = (input: string, ruleset = dump): Promise<Ended> =>
  run(process.execPath, [command, 'rules', '--ruleset', ruleset, '--packets', '-'], { input });

const packet = (fields: object): string =>
  JSON.stringify({
    hook: 'input',
    protocol: 'tcp',
    source: '203.0.113.9',
    destination: '198.51.100.10',
    sport: 40_000,
    state: 'new',
    ...fields,
  });

describe('whoblocked rules', () => {
  it('answers each packet with a line, in their order', async () => {
    const input = [packet({ dport: 22 }), packet({ dport: 443 }), '', packet({ source: '192.0.2.1', dport: 443 })].join(
      '\n',
    );
    const { code, stdout, stderr } = await rules(input);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(answers).toMatchObject([
      { verdict: 'accept', rule: { table: 'filter', chain: 'INPUT', number: 1 }, policy: null },
      { verdict: 'reject', rule: { number: 2 }, policy: null },
      { verdict: 'drop', rule: null, policy: { table: 'filter', chain: 'INPUT' } },
    ]);
  });

  it('keeps its place when a packet cannot be read', async () => {
    const input = [
      '{',
      '[]',
      '{"hook":"sideways"}',
      `"${'a'.repeat(1_100_000)}"`,
      packet({ dport: 22 }),
      'x\u001b[31m',
    ].join('\n');
    const { code, stdout } = await rules(input);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { verdict: string; why: string });
    expect(code).toBe(0);
    expect(answers.map(({ verdict }) => verdict)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'accept',
      'unknown',
    ]);
    expect(answers[3]?.why).toBe('packet 4 cannot be read: the line is too long');
    expect(stdout).not.toContain('\u001b');
  });

  it('knows nothing from a dump that is cut, and says so', async () => {
    const cut = path.join(directory, 'cut');
    writeFileSync(cut, '{"nftables": [{"metainfo": {"ver');
    const { code, stdout, stderr } = await rules(packet({ dport: 22 }), cut);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'unknown', rule: null });
    expect(stderr).toMatch(/^whoblocked: .*cut: .+\n$/);
  });

  it.each([
    ['no ruleset', ['--ruleset', '/nonexistent', '--packets', '-']],
    ['no packets', ['--ruleset', 'package.json', '--packets', '/nonexistent']],
  ])('%s: exit 2', async (_, args) => {
    const { code, stdout, stderr } = await run(process.execPath, [command, 'rules', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/nonexistent: there is no such file\n$/);
  });

  it('takes a long stream without keeping it', { timeout: 60_000 }, async () => {
    const many = 50_000;
    const { code, stdout } = await rules(`${packet({ dport: 443 })}\n`.repeat(many));
    expect(code).toBe(0);
    expect(stdout.split('\n').length).toBe(many + 1);
  });
});
