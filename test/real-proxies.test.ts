import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byCurl, byWget, type Exemptions } from '../src/model/exempt-hosts.js';
import { parseProxy } from '../src/model/parse-proxy.js';
import { parseTarget } from '../src/model/parse-target.js';
import { canMakeNamespaces, makeNamespaces, type Namespaces } from './namespaces.js';

/** What stands in lists of hosts, rightly and wrongly. */
const entries = [
  'h.corp.test|corp.test|.corp.test|*.corp.test|..corp.test|CORP.test|corp.test.|orp.test|.|test|*|*corp.test|h.*.test',
  'corp.test:80|:80|http://corp.test|corp.test/|\tcorp.test|192.0.2.9|192.0.2.0/24|192.0.2.9/32|192.0.2.0/0|192.0.2.0/33',
  '192.0.2.0/|192.0.2.|.0.2.9|192.0.2.0/+24|192.0.2.9/24x|192.0.2.9:80|010.1.2.3|10.0.0.0/8|10.1/16|0.0.0.0/0|/24|::/0',
  '2001:db8::1|[2001:db8::1]|2001:db8::/32|2001:DB8::1|[2001:db8::1]:80|localhost|<local>| ',
].flatMap((line) => line.split('|'));
const hosts = 'h.corp.test|corp.test|a.h.corp.test|H.Corp.Test|xcorp.test|192.0.2.9|192.0.2.90|10.1.2.3|localhost|corp'
  .split('|')
  .concat(['[2001:db8::1]', '[2001:DB8:0:0::1]', '[::1]']);
const lists = fc
  .tuple(
    fc.constantFrom('', '', ' ', ','),
    fc.array(fc.tuple(fc.constantFrom(...entries), fc.constantFrom(',', ', ', ' ', ' ,', ',,', ';', '\t')), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.constantFrom('', '', ' ', ','),
  )
  .map(([before, pieces, behind]) => before + pieces.flat().slice(0, -1).join('') + behind);

const programs: readonly (readonly [string, string, (url: string) => string[], Exemptions])[] = [
  ['curl', '/usr/bin/curl', (url) => ['-s', '-m', '5', '-o', '/dev/null', url], byCurl],
  ['wget', '/usr/bin/wget', (url) => ['-q', '-t', '1', '-T', '5', '-O', '/dev/null', url], byWget],
];

/** Lists are read anew from version to version: ours are Debian 12's. */
function isMeasured(program: string): boolean {
  return /^(?:curl 7\.88|GNU Wget 1\.21)/.test(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '');
}

describe.skipIf(!canMakeNamespaces)('the real programs, beside a proxy that notes who comes', () => {
  let network: Namespaces;
  let proxy: Server;
  let port = 0;
  let asked = false;
  beforeAll(async () => {
    network = makeNamespaces(['a'], []);
    proxy = createServer((socket) => {
      asked = true;
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
    network.enter('a');
    await new Promise<void>((done) => void proxy.listen(0, '127.0.0.1', done));
    network.leave();
    const address = proxy.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => {
    proxy.close();
    network.remove();
  });

  /** Whether the program came to the proxy. Its network has nothing but that. */
  function comes(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<boolean> {
    asked = false;
    return new Promise((done, fail) => {
      const child = network.in('a', () => spawn(program, args, { env, stdio: 'ignore' }));
      child.on('error', fail);
      child.on('close', () => done(asked));
    });
  }

  for (const [name, program, words, exempts] of programs)
    it.skipIf(!isMeasured(program))(`${name} reads no_proxy as we say`, { timeout: 60_000 }, async () => {
      const cases = fc.sample(fc.tuple(lists, fc.constantFrom(...hosts), fc.constantFrom(80, 8080)), {
        seed: 20,
        numRuns: 60,
      });
      const wrong: string[] = [];
      for (const [list, host, at] of cases) {
        const url = `http://${host}:${at}/`;
        const parsed = parseTarget(url);
        if (!parsed.ok) throw new Error(parsed.why);
        const ours = exempts(list, parsed.target.host, at) === null;
        // oxlint-disable-next-line no-await-in-loop -- one proxy, which notes whether anybody came
        const theirs = await comes(program, words(url), { http_proxy: `http://127.0.0.1:${port}`, no_proxy: list });
        if (ours !== theirs) wrong.push(`"${list}" for ${url}: ${name} ${theirs ? 'comes' : 'goes directly'}`);
      }
      expect(wrong).toEqual([]);
    });

  it
    .skipIf(!existsSync('/usr/bin/curl'))
    .each(
      [
        'PLACE|PLACE/|http://PLACE|http:/PLACE|http:///PLACE|HTTP://PLACE/x?y#z|//PLACE| http://PLACE|http://PLACE |http://PLACE\r',
        `"http://PLACE"|http://PLACE'|http://u:p@PLACE|http://u:p%40@PLACE|http://u:p%@PLACE|http://u:p@ss@PLACE|http://u:p#w@PLACE`,
        'http://u:p/w@PLACE|http://u:p?w@PLACE|http://u p@PLACE|PLACEx|PLACE;|http://PLACE,http://PLACE|ftp://PLACE|quic://PLACE',
        'http://127.0.0.1 :PORT|http://127.0.0.1:+PORT|http://:PORT|http://$X:PORT|http:127.0.0.1:PORT|http://0:PORT',
        'http://127.1:PORT|http://2130706433:PORT|http://0x7f.1:PORT|unix://PLACE',
      ].flatMap((line) => line.split('|')),
    )('curl makes a proxy of %j where we do', { timeout: 20_000 }, async (written) => {
    const text = written.replaceAll('PLACE', '127.0.0.1:PORT').replaceAll('PORT', String(port));
    const words = ['-s', '-m', '5', '-o', '/dev/null', 'http://h.corp.test/'];
    expect(parseProxy(text).ok).toBe(await comes('/usr/bin/curl', words, { http_proxy: text }));
  });
});
