import { describe, expect, it } from 'vitest';
import { facts, contextOf, measured } from '../context.fixture.js';
import { appFirewall } from './opensnitch.js';

const one = (name: string, action: string, operator: object): string =>
  JSON.stringify({ name, action, enabled: true, operator });
const simple = { type: 'simple', operand: 'dest.port', data: '443', sensitive: false, list: [] };
const rules = '/etc/opensnitchd/rules';
const daemon = {
  '/proc/77/comm': 'opensnitchd\n',
  '/proc/77/cmdline': 'opensnitchd\0-rules-path\0/srv/rules\0',
  '/proc/net/netfilter/nfnetlink_queue':
    '    0     77     0 2  4096     0     0        0  1\n    5     88     0 2  4096 0 0 0 1\n',
};

describe('OpenSnitch', () => {
  it('has a file for each rule, a default, and a daemon with its queue', async () => {
    const files = {
      ...daemon,
      '/proc/77/cmdline': 'opensnitchd\0',
      '/etc/opensnitchd/default-config.json': '{"DefaultAction":"deny"}',
      [`${rules}/a.json`]: one('a', 'deny', { type: 'list', operand: 'list', data: '[]', list: [simple, simple] }),
      [`${rules}/b.json`]: one('b', 'allow', simple),
      [`${rules}/note.txt`]: 'x',
    };
    expect(await measured(appFirewall, facts('shop.example'), { files, identity: { root: true } })).toMatchObject({
      daemon: { pid: 77, process: 'opensnitchd' },
      queues: [0],
      otherwise: 'deny',
      closed: [],
      rules: [
        { name: 'a', action: 'deny', location: `${rules}/a.json`, conditions: [{ operand: 'dest.port' }, {}] },
        { name: 'b', action: 'allow', conditions: [{ data: '443' }] },
      ],
    });
  });

  it('may have its rules elsewhere, and says which it could not read', async () => {
    const files = {
      ...daemon,
      '/etc/opensnitchd/default-config.json': 'not JSON',
      '/srv/rules/a.json': '{"name":1}',
      '/srv/rules/b.json': { error: 'EACCES' },
      '/srv/rules/c.json': '['.repeat(40_000),
    };
    const value = await measured(appFirewall, facts('shop.example'), { files });
    expect(value).toMatchObject({ otherwise: null, queues: null, rules: [] });
    expect(value?.closed).toEqual([
      '/srv/rules/a.json: is no rule',
      '/srv/rules/b.json: EACCES',
      '/srv/rules/c.json: no JSON',
    ]);
  });

  it('is looked for nowhere else where it was never installed', async () => {
    const context = contextOf({ files: daemon });
    expect(await appFirewall.gather(facts('shop.example'), context)).toMatchObject({ state: 'known', value: null });
  });
});
