import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../src/model/report.js';
import { closedPort, root, run, withoutNpm } from './built.js';

const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-package-'));
const home = path.join(directory, 'somewhere');
let installed = false;
afterAll(() => rmSync(directory, { recursive: true }));

const program = `import { diagnose } from 'whoblocked';
import type { Report } from 'whoblocked';

const report: Report = await diagnose(process.argv[2] ?? '', {
  references: false,
  signal: AbortSignal.timeout(10_000),
  onProgress: ({ fact, at }) => void [fact.length, at.toFixed(0)],
});
console.log(report.verdict.cause, report.verdict.certainty);
`;

describe('the package, installed in an empty folder', () => {
  it('installs from its tarball', { timeout: 120_000 }, async (context) => {
    const packed = await run('npm', ['pack', '--pack-destination', directory], { environment: withoutNpm });
    expect(packed.code, packed.stderr).toBe(0);
    const [tarball = ''] = readdirSync(directory).filter((file) => file.endsWith('.tgz'));
    mkdirSync(home);
    writeFileSync(path.join(home, 'package.json'), '{ "private": true, "type": "module" }');
    const install = [
      'install',
      path.join(directory, tarball),
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ];
    const { code, stderr } = await run('npm', install, { directory: home, environment: withoutNpm });
    if (/ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/.test(stderr))
      return context.skip('no npm registry to be reached');
    expect(code, stderr).toBe(0);
    const files = readdirSync(path.join(home, 'node_modules/whoblocked'), { recursive: true, encoding: 'utf8' });
    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'dist/cli.cjs', 'dist/index.mjs', 'dist/types/index.d.ts']),
    );
    expect(files.filter((file) => /^(?:src|lab|test|scripts|node_modules)\b|\.test\./.test(file))).toEqual([]);
    installed = true;
    return undefined;
  });

  it('is a command', async (context) => {
    if (!installed) return context.skip('it is not installed');
    const bin = path.join(home, 'node_modules/.bin/whoblocked');
    expect((await run(bin, ['--version'], { directory: home, environment: withoutNpm })).stdout).toMatch(
      /^\d+\.\d+\.\d+\n$/,
    );
    const port = await closedPort();
    const { code, stdout, stderr } = await run(bin, [`127.0.0.1:${port}`, '--no-references', '--json'], {
      directory: home,
      environment: withoutNpm,
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect((JSON.parse(stdout) as Report).facts['device.self']).toMatchObject({
      value: { platform: process.platform },
    });
  });

  it('is a library with types, strict ones', { timeout: 60_000 }, async (context) => {
    if (!installed) return context.skip('it is not installed');
    writeFileSync(path.join(home, 'program.ts'), program);
    const types = [
      '--ignoreConfig',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--module',
      'nodenext',
      '--target',
      'es2023',
    ];
    const roots = ['--types', 'node', '--typeRoots', path.join(root, 'node_modules/@types')];
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    const compiled = await run(process.execPath, [compiler, ...types, ...roots, 'program.ts'], { directory: home });
    expect(compiled.stdout).toBe('');
    expect(compiled.code).toBe(0);
    const port = await closedPort();
    const { code, stdout, stderr } = await run(process.execPath, ['program.js', `127.0.0.1:${port}`], {
      directory: home,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^[a-z-]+ (?:proven|confirmed|likely)\n$/);
    return undefined;
  });
});
