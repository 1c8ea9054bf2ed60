import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { facts, contextOf } from '../src/inspectors/context.fixture.js';
import { deviceBrowsers } from '../src/inspectors/browsers/browsers.js';
import { copyProfile } from '../src/system/browser-directory.js';
import { realFiles } from '../src/system/files.js';

const chromium = '/usr/bin/chromium';
const made: string[] = [];
const started: ChildProcess[] = [];

afterEach(async () => {
  for (const child of started.splice(0)) {
    const ended = new Promise((resolve) => void child.once('exit', resolve));
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await ended;
  }
  for (const one of made.splice(0)) rmSync(one, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

function newHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'whoblocked-profile-'));
  made.push(home);
  return home;
}

/** Every file below, by what it holds and when it was changed. */
function stateOf(directory: string): Record<string, string> {
  const state: Record<string, string> = {};
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const place = path.join(directory, name);
    const { mtimeMs, mode } = lstatSync(place);
    const content = lstatSync(place).isSymbolicLink()
      ? readlinkSync(place)
      : lstatSync(place).isFile()
        ? createHash('sha256').update(readFileSync(place)).digest('hex')
        : '';
    state[name] = `${mtimeMs} ${mode} ${content}`;
  }
  return state;
}

async function profilesBelow(home: string) {
  const target = { ...facts('198.51.100.7').target, scheme: 'https' };
  const context = contextOf({ environment: { HOME: home } });
  const system = { ...context.system, files: realFiles };
  const measured = await deviceBrowsers.gather({ target }, { ...context, system });
  if (measured.state !== 'known') throw new Error('the profiles cannot be read');
  return measured.value.profiles;
}

function profile(home: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const directory = path.join(home, '.config/chromium');
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    writeFileSync(path.join(directory, name), content);
  }
  return directory;
}

describe('the profile of a browser that runs', () => {
  it.skipIf(!existsSync(chromium))(
    'is read and copied without a change to any of its files (Chromium)',
    async () => {
      const home = newHome();
      const directory = path.join(home, '.config/chromium');
      const words = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-pipe'];
      const stdio = ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] as const;
      const child = spawn(chromium, [...words, `--user-data-dir=${directory}`, 'about:blank'], {
        stdio: [...stdio],
        detached: true,
      });
      started.push(child);
      const lock = path.join(directory, 'SingletonLock');
      const isThere = (): boolean =>
        existsSync(path.join(directory, 'Default/Preferences')) &&
        lstatSync(lock, { throwIfNoEntry: false }) !== undefined;
      for (let i = 0; i < 300 && !isThere(); i++) await new Promise((resolve) => setTimeout(resolve, 100));
      expect(isThere()).toBe(true);
      // It stands still meanwhile, so that whatever changes was changed by the reading.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGSTOP');
      const before = stateOf(directory);
      const [read] = await profilesBelow(home);
      expect(read).toMatchObject({ product: 'Chromium', name: 'Default', inUse: true, unreadable: [] });
      const into = newHome();
      expect(await copyProfile({ directory, name: 'Default' }, into)).toBeNull();
      expect(existsSync(path.join(into, 'Default/Preferences'))).toBe(true);
      expect(lstatSync(path.join(into, 'SingletonLock'), { throwIfNoEntry: false })).toBeUndefined();
      expect(stateOf(directory)).toEqual(before);
    },
    60_000,
  );

  it('is not written to through a symbolic link in it either', async () => {
    const home = newHome();
    const id = 'a'.repeat(32);
    const own = path.join(home, 'dotfiles.json');
    writeFileSync(
      own,
      JSON.stringify({ extensions: { settings: { [id]: { state: 1 } } }, spacing: '   kept   ' }, null, 7),
    );
    const directory = profile(home, { 'Local State': '{}', 'Default/Bookmarks': '{}' });
    symlinkSync(own, path.join(directory, 'Default/Preferences'));
    const before = stateOf(home);
    const into = newHome();
    expect(await copyProfile({ directory, name: 'Default', without: { extension: id } }, into)).toBeNull();
    expect(stateOf(home)).toEqual(before);
    expect(readFileSync(path.join(into, 'Default/Preferences'), 'utf8')).not.toContain(id);
  });
});

describe('a profile that is damaged', () => {
  const id = 'b'.repeat(32);
  const preferences = (more: object = {}) =>
    JSON.stringify({
      extensions: { settings: { [id]: { state: 1, path: `${id}/1`, ...more } } },
      proxy: { mode: 'fixed_servers', server: 'p:1' },
    });

  it.each([
    ['a manifest that is no JSON', true, { [`Default/Extensions/${id}/1/manifest.json`]: '{"name": "x", ' }],
    ['a manifest of bytes', true, { [`Default/Extensions/${id}/1/manifest.json`]: new Uint8Array([0, 255, 254, 1]) }],
    ['no manifest', false, {}],
  ])('with %s still tells the rest', async (_what, isDamaged, more) => {
    const home = newHome();
    const directory = profile(home, { 'Local State': '{}', 'Default/Preferences': preferences(), ...more });
    const [read] = await profilesBelow(home);
    expect(read).toMatchObject({ extensions: [], proxy: { text: 'fixed_servers p:1' } });
    const manifest = `${directory}/Default/Extensions/${id}/1/manifest.json`;
    expect(read?.unreadable).toEqual(isDamaged ? [`${manifest}: no JSON`] : []);
  });
  it.each(['utf16le', 'utf8'] as const)('or written in %s with a mark of its order is read', async (encoding) => {
    const home = newHome();
    const granted = { active_permissions: { api: ['webRequest'] } };
    profile(home, {
      'Local State': '{}',
      'Default/Preferences': Buffer.from(`\uFEFF${preferences(granted)}`, encoding),
      [`Default/Extensions/${id}/1/manifest.json`]: Buffer.from(
        '\uFEFF{"name":"Blocker \u202e","version":"1"}',
        encoding,
      ),
    });
    const [read] = await profilesBelow(home);
    expect(read).toMatchObject({ unreadable: [], extensions: [{ id, rights: ['webRequest'], version: '1' }] });
  });
  it('whose settings are no JSON is told by the file', async () => {
    const home = newHome();
    const directory = profile(home, { 'Local State': '{}', 'Default/Preferences': '{"extensions":' });
    const [read] = await profilesBelow(home);
    expect(read?.unreadable).toEqual([`${directory}/Default/Preferences: no JSON`]);
  });
});
