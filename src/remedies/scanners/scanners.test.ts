import { describe, expect, it } from 'vitest';
import type { Ailment, Eyes } from '../../model/remedy.js';
import type { RunResult } from '../../model/system.js';
import { remedy as allowInScanner } from './allow-in-scanner.js';
import { remedy as restoreFromQuarantine } from './restore-from-quarantine.js';
import { remedy as updateSignatures } from './update-signatures.js';

const sha256 = 'a'.repeat(64);

function ailment(found: object | null, kind = 'signature'): Ailment {
  const guards = { files: [], asked: [], quarantined: null, found, closed: [] };
  return {
    target: {},
    verdict: { cause: 'antivirus-blocks-app', culprit: { kind, owner: 'ClamAV' } },
    facts: { 'device.programGuards': { state: 'known', value: guards } },
  } as unknown as Ailment;
}

const found = { product: 'ClamAV', file: '/opt/tool', signature: 'Lab.Harmful', at: null, now: true, location: '/log' };

/** A machine on which root may not open the file, and one account may. */
function eyes(trusts: string, calls: string[][]): Eyes {
  const run = (program: string, args: readonly string[]): Promise<RunResult> => {
    calls.push([program, ...args]);
    const isTrusted = program === 'setpriv' && args.includes('--reuid=clamav');
    const stdout = program === 'stat' ? '42\n' : isTrusted ? `${sha256}  /opt/tool\n` : '';
    return Promise.resolve({ exit: stdout === '' ? 1 : 0, stdout, stderr: '', truncated: false });
  };
  const read = (path: string): Promise<object> =>
    Promise.resolve(
      path === '/etc/clamav/clamd.conf'
        ? { ok: true, bytes: Buffer.from(`OnAccessExcludeUname ${trusts}\n`), truncated: false }
        : { ok: false, code: 'ENOENT' },
    );
  return { system: { run, files: { read } }, signal: new AbortController().signal } as unknown as Eyes;
}

describe('an exception in the scanner', () => {
  it('is for exactly this content, which the account reads that the scanner trusts; and only at the user’s risk', async () => {
    const calls: string[][] = [];
    const looks = await allowInScanner.look(ailment(found), eyes('clamav', calls));
    expect(looks).toEqual({ sha256, size: 42 });
    expect(calls[1]).toEqual(['setpriv', '--reuid=clamav', '--clear-groups', '--', 'sha256sum', '--', '/opt/tool']);
    const plan = allowInScanner.plan(ailment(found), looks);
    expect(plan).toMatchObject({ operations: [{ kind: 'clamav-allow', sha256, size: 42 }], wider: false });
    expect(plan).toMatchObject({ blockLooksRight: expect.stringContaining('Lab.Harmful') as unknown });
  });

  it('is not made where the file cannot be read, or its name could be taken for something else', async () => {
    const refused = { whyNot: expect.any(String) as unknown };
    expect(await allowInScanner.look(ailment(found), eyes('--help', []))).toEqual(refused);
    expect(await allowInScanner.look(ailment(found), eyes('somebody', []))).toEqual(refused);
    const calls: string[][] = [];
    expect(await allowInScanner.look(ailment({ ...found, file: '/opt/a\\b' }), eyes('clamav', calls))).toEqual(refused);
    expect(calls).toEqual([]);
  });

  it('is for nothing that another scanner holds back, and for no scanner that only hangs', () => {
    expect(allowInScanner.offers(ailment({ ...found, product: 'other' }))).toBe(false);
    expect(allowInScanner.offers(ailment(found, 'product'))).toBe(false);
    expect(allowInScanner.offers(ailment(null))).toBe(false);
    expect(allowInScanner.plan(ailment(null), { sha256, size: 1 })).toHaveProperty('whyNot');
  });
});

describe('what was moved away', () => {
  const file = {
    id: '0123456789',
    product: 'ClamAV',
    file: '/q/tool',
    original: '/opt/tool',
    owner: { uid: 0, gid: 0, mode: 0o755 },
    modified: '2026-01-01T00:00:00Z',
    sha256,
    size: 42,
    unread: null,
  };

  it('comes back without an exception where nobody finds anything in it any more', () => {
    const looks = { file, said: 'clean', words: 'ClamAV (clamd) says: nothing found' } as never;
    const plan = restoreFromQuarantine.plan(ailment(null), looks);
    expect(plan).toMatchObject({ operations: [{ kind: 'restore-file', to: '/opt/tool' }] });
    expect(plan).not.toHaveProperty('blockLooksRight');
  });

  it('is not put back otherwise, but at the user’s risk', () => {
    for (const said of ['harmful', 'untold'])
      expect(restoreFromQuarantine.plan(ailment(null), { file, said, words: 'why' } as never)).toMatchObject({
        blockLooksRight: 'why',
      });
    expect(restoreFromQuarantine.plan(ailment(null), { whyNot: 'gone' })).toEqual({ whyNot: 'gone' });
  });
});

describe('new signatures', () => {
  it('are fetched only where those that found something are old', () => {
    const plan = (days: number | null, owner = 'ClamAV'): unknown => {
      const { verdict, ...rest } = ailment(found);
      return updateSignatures.plan(
        { ...rest, verdict: { ...verdict, culprit: { kind: 'signature', owner } } },
        { days },
      );
    };
    expect(plan(30)).toMatchObject({ operations: [{ kind: 'clamav-update' }], wider: false });
    expect(plan(30, 'c-icap')).toHaveProperty('operations');
    expect(plan(3)).toHaveProperty('whyNot');
    expect(plan(null)).toHaveProperty('whyNot');
    expect(plan(30, 'maldet')).toHaveProperty('whyNot');
  });
});
