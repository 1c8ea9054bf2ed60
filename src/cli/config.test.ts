import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../model/settings.js';
import type { Files } from '../model/system.js';
import { configPath, readSettings } from './config.js';
import type { ConfigPlace } from './config.js';

const files = (content: Record<string, string>): Pick<Files, 'read'> => ({
  read: (path) => {
    const text = content[path];
    return Promise.resolve(
      text === undefined ? { ok: false, code: 'ENOENT' } : { ok: true, bytes: Buffer.from(text), truncated: false },
    );
  },
});

const place = (explicit: string | null, root = false, environment: Record<string, string> = {}): ConfigPlace => ({
  explicit,
  root,
  environment: (name) => environment[name],
});

const read = (text: string): Promise<unknown> => readSettings(place('/c.json'), files({ '/c.json': text }));

describe('which file', () => {
  it('is the user’s own, or as root the system’s', () => {
    const user = { HOME: '/home/alice', XDG_CONFIG_HOME: '/home/alice/x' };
    expect(configPath(place(null, false, user))).toBe('/home/alice/x/whoblocked/config.json');
    expect(configPath(place(null, false, { HOME: '/home/alice' }))).toBe('/home/alice/.config/whoblocked/config.json');
    expect(configPath(place(null, false, { HOME: '/home/alice', XDG_CONFIG_HOME: 'relative' }))).toBe(
      '/home/alice/.config/whoblocked/config.json',
    );
    expect(configPath(place(null, true, user))).toBe('/etc/whoblocked/config.json');
    expect(configPath(place('/c.json', true, user))).toBe('/c.json');
    expect(configPath(place(null))).toBeNull();
  });

  it('may be missing, unless it is named', async () => {
    expect(await readSettings(place(null, true), files({}))).toEqual(defaultSettings);
    await expect(readSettings(place('/c.json'), files({}))).rejects.toThrow('/c.json: cannot be read (ENOENT)');
  });
});

describe('what it says', () => {
  it('changes only what it names', async () => {
    expect(await read('{"references":{"resolvers":["192.0.2.53"]}}')).toEqual({
      references: { ...defaultSettings.references, resolvers: ['192.0.2.53'] },
    });
    expect(
      await read(
        '{"references":{"hosts":[],"portalChecks":[{"url":"http://check.example/ok","status":204,"body":""}]}}',
      ),
    ).toEqual({
      references: {
        ...defaultSettings.references,
        hosts: [],
        portalChecks: [{ url: 'http://check.example/ok', status: 204, body: '' }],
      },
    });
  });

  it('names who else is asked what a file is', async () => {
    const scanners = { yaraRules: '/r', virusTotalKeyFile: '/k', virusTotal: 'http://[::1]:8080/vt' };
    expect(await read(JSON.stringify({ scanners }))).toMatchObject({ scanners });
  });

  it('takes keys of a root as DS records have them', async () => {
    const digest = 'E0'.repeat(32);
    expect(await read(`{"rootAnchors":["20326 8 2 ${digest}"]}`)).toEqual({
      ...defaultSettings,
      rootAnchors: [{ keyTag: 20_326, algorithm: 8, digestType: 2, digest: digest.toLowerCase() }],
    });
  });

  it.each([
    ['{"rootAnchors":["20326 8 E0"]}', /rootAnchors\[0\] must be the data of a DS record/],
    ['', /is not JSON/],
    ['[]', /the file must be an object/],
    ['{"refs":{}}', /no setting "refs"; it has references/],
    ['{"references":[]}', /references must be an object/],
    ['{"references":{"resolvers":"9.9.9.9"}}', /references\.resolvers must be a list/],
    ['{"references":{"resolvers":["dns.example"]}}', /resolvers\[0\] must be an IP address/],
    ['{"references":{"hosts":["www.example"]}}', /hosts\[0\] must be host:port/],
    ['{"references":{"hosts":[1,2,3,4,5,6,7,8,9]}}', /at most 8/],
    ['{"references":{"portalChecks":[{"url":"https://a.example/"}]}}', /url must be an http/],
    ['{"references":{"portalChecks":[{"url":"http://a.example/","status":1}]}}', /status/],
    ['{"scanners":{"yaraRules":"rules"}}', /yaraRules must be the whole path/],
    ['{"scanners":{"virusTotalKey":"0123456789abcdef"}}', /scanners has no setting/],
    ['{"scanners":{"virusTotal":"http://vt.example"}}', /virusTotal must be an https/],
    ['{"scanners":{"virusTotal":"https://u:p@vt.example"}}', /virusTotal must be an https/],
    ['{"\\u001b[31m":1}', /no setting/],
  ])('%s is refused', async (text, expected) => {
    await expect(read(text)).rejects.toThrow(expected);
    await expect(read(text)).rejects.not.toThrow(/\p{Cc}/u);
  });
});
