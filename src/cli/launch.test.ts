import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtCommand, run } from '../../test/built.js';

let elsewhere: string;
let codes: string[];
const version = () => run(process.execPath, [path.join(elsewhere, 'cli.cjs'), '--version']);

beforeAll(async () => {
  elsewhere = mkdtempSync(path.join(tmpdir(), 'whoblocked-'));
  cpSync(path.dirname(await builtCommand()), elsewhere, { recursive: true });
  const chunks = path.join(elsewhere, 'chunks');
  codes = readdirSync(chunks).flatMap((name) => (name.endsWith('.code') ? [path.join(chunks, name)] : []));
}, 120_000);

afterAll(() => rmSync(elsewhere, { recursive: true }));

it('starts with code that was compiled before, with code that fits no V8, and with none', async () => {
  const first = await version();
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.every((file) => file.endsWith(`.${process.arch}-${process.versions.v8}.code`))).toBe(true);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  for (const file of codes) writeFileSync(file, 'something else');
  expect(await version()).toMatchObject({ code: 0, stdout: first.stdout, stderr: '' });
  for (const file of codes) rmSync(file);
  expect(await version()).toMatchObject({ code: 0, stdout: first.stdout, stderr: '' });
});
