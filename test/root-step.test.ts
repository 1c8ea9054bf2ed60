import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { builtCommand } from './built.js';

const isRoot = process.geteuid?.() === 0;

/** The built command, as sudo would start it, with these lines on its standard input. */
async function asked(
  lines: readonly string[],
  uid?: number,
): Promise<{ code: number | null; out: string; err: string }> {
  const cli = await builtCommand();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, '--root-step'], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/nonexistent' },
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(uid !== undefined && { uid, gid: uid }),
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
    child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  });
}

describe.runIf(isRoot)('the step that runs as root', { timeout: 60_000 }, () => {
  it('answers what is none of its list with a refusal, and ends with its input', async () => {
    const { code, out } = await asked([
      '{"do":"run","command":"touch /tmp/x"}',
      'nonsense',
      '{"do":"judged","why":null}',
      '{"do":"apply","keepForMs":60000,"until":null}',
    ]);
    const answers = out.trim().split('\n').map((line) => JSON.parse(line) as { is: string; why?: string }); // prettier-ignore
    expect(answers.map(({ is }) => is)).toEqual(['cannot', 'cannot', 'cannot', 'cannot']);
    expect(answers[3]?.why).toMatch(/nothing was planned/);
    expect(code).toBe(0);
  });

  it('reads a request that comes in pieces whole, and refuses one that is too long', async () => {
    const facts = { target: { input: 'x'.repeat(400_000) } };
    const { code, out } = await asked([
      JSON.stringify({ do: 'plan', facts, only: null, until: null, more: 1 }),
      `${'x'.repeat(17 * 1024 * 1024)}{"do":"judged","why":null}`,
      '{"do":"judged","why":null}',
    ]);
    const answers = out.trim().split('\n').map((line) => JSON.parse(line) as { why?: string }); // prettier-ignore
    expect(answers.map(({ why }) => why)).toEqual([
      'the request holds more than belongs there',
      'the request is no JSON',
      'nothing is waiting for a judgement',
    ]);
    expect(code).toBe(0);
  });

  it('does nothing for anybody else', async () => {
    const { code, err } = await asked(['{"do":"undo","id":null,"all":true,"anyway":false}'], 65_534);
    expect(code).toBe(2);
    expect(err).toMatch(/as root/);
  });
});
