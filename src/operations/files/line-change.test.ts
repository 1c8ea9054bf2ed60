import { describe, expect, it } from 'vitest';
import { editableFile } from '../../model/file-operations.js';
import { checkOperation } from '../all.js';
import { edited, withoutEdits } from './edit-lines.js';
import { changedText } from './line-change.js';

const proxy = {
  is: 'proxy',
  from: { host: 'proxy.example', port: 3128 },
  to: { scheme: 'http', host: 'proxy.example', port: 8080 },
} as const;

describe('a line in other words', () => {
  it.each([
    ['https_proxy=https://proxy.example:3128', 'https_proxy=http://proxy.example:8080'],
    ['export A="https://me:secret@proxy.example:3128/" # x', 'export A="http://me:secret@proxy.example:8080/" # x'],
    ['Acquire::http::Proxy "proxy.example:3128";', 'Acquire::http::Proxy "http://proxy.example:8080";'],
  ])('has another proxy: %s', (line, changed) => expect(changedText(line, proxy)).toBe(changed));

  it.each([
    'https_proxy=https://other.example:3128',
    'a=http://my-proxy.example:3128',
    'a=http://proxy.example:31280',
    'a=http://proxy.example:3128 b=http://proxy.example:3128',
  ])('stays where that proxy is not in it once: %s', (line) =>
    expect(() => changedText(line, proxy)).toThrow(/not what was expected/),
  );

  it.each([
    ['no_proxy=', 'no_proxy=shop.example'],
    ['no_proxy=a,b', 'no_proxy=a,b,shop.example'],
    [`  export NO_PROXY='a' # b`, `  export NO_PROXY='a,shop.example' # b`],
  ])('has one host more: %s', (line, changed) =>
    expect(changedText(line, { is: 'no-proxy', host: 'shop.example' })).toBe(changed),
  );

  it('comes back byte for byte, and others may have changed the rest', () => {
    const text = 'A=1\r\nhttps_proxy=https://proxy.example:3128\r\nB=2';
    const edits = [
      { do: 'change', line: 2, was: 'https_proxy=https://proxy.example:3128', how: proxy },
      { do: 'add', below: 0, was: '', what: { is: 'no-proxy', style: 'plain', host: 'shop.example' } },
    ] as const;
    const changed = edited(text, edits, 'abcdefgh');
    expect(changed).toContain('\r\nhttps_proxy=http://proxy.example:8080\r\n');
    expect(changed.startsWith('# whoblocked abcdefgh added the next line\nno_proxy=shop.example\n')).toBe(true);
    expect(withoutEdits(changed, 'abcdefgh')).toBe(text);
    expect(withoutEdits(`C=3\n${changed}`, 'abcdefgh')).toBe(`C=3\n${text}`);
  });
});

describe('files that may be edited', () => {
  it.each(['/etc/environment', '/etc/profile.d/proxy.sh', '/etc/apt/apt.conf.d/95proxy'])('%s', (path) =>
    expect(editableFile(path)).toBe(path.slice('/etc/'.length)),
  );

  it.each([
    '/etc/shadow',
    '/etc/profile.d/../shadow.sh',
    '/etc/profile.d/.sh',
    '/etc/profile.d/a/b.sh',
    '/etc/profile.d/x',
    '/root/.npmrc',
    'environment',
  ])('not %s', (path) => expect(editableFile(path)).toBe(null));

  it.each([
    { do: 'add', below: 0, was: '', what: { is: 'no-proxy', style: 'plain', host: 'a;reboot' } },
    { do: 'add', below: 0, was: '', what: { is: 'no-proxy', style: 'plain', host: 'a\nb' } },
    { do: 'add', below: 0, was: '', what: { is: 'text', text: 'x' } },
    { do: 'change', line: 1, was: 'x', how: { ...proxy, to: { ...proxy.to, host: '$(reboot)' } } },
    { do: 'change', line: 1, was: 'x', how: { ...proxy, to: { ...proxy.to, scheme: 'file' } } },
  ])('take no text from outside: %j', (edit) =>
    expect(() => checkOperation({ kind: 'file-lines', file: 'environment', edits: [edit] })).toThrow(/not valid/),
  );
});
