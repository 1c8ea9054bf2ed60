import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTarget, portPerhapsMeant } from './parse-target.js';
import type { Target } from './target.js';

function accepted(input: string): Target {
  const parsed = parseTarget(input);
  if (!parsed.ok) throw new Error(`${JSON.stringify(input)}: ${parsed.why}`);
  return parsed.target;
}

function refused(input: string): string {
  const parsed = parseTarget(input);
  if (parsed.ok) throw new Error(`${JSON.stringify(input)} was accepted: ${JSON.stringify(parsed.target)}`);
  return parsed.why;
}

/** scheme host port transport protocol path */
function shape(input: string): string {
  const { scheme, host, port, transport, protocol, path } = accepted(input);
  return `${scheme} ${host} ${port} ${transport} ${protocol} ${path}`;
}

describe('what is accepted', () => {
  it.each([
    ['https://shop.example/', 'https shop.example 443 tls http /'],
    ['HTTPS://Shop.Example:8443/a/../b?x=1#y', 'https shop.example 8443 tls http /b'],
    ['http://shop.example', 'http shop.example 80 plain http /'],
    ['wss://shop.example/live', 'wss shop.example 443 tls http /live'],
    ['shop.example', 'https shop.example 443 tls http /'],
    ['shop.example.', 'https shop.example 443 tls http /'],
    ['  shop.example ', 'https shop.example 443 tls http /'],
    ['//shop.example/a', 'https shop.example 443 tls http /a'],
    ['shop.example/login?token=1', 'https shop.example 443 tls http /login'],
    ['localhost:8080', 'tcp localhost 8080 plain service /'],
    ['localhost:8080/health', 'http localhost 8080 plain http /health'],
    ['shop.example:443', 'tcp shop.example 443 plain service /'],
    ['192.0.2.7', 'https 192.0.2.7 443 tls http /'],
    ['192.0.2.7:22', 'tcp 192.0.2.7 22 plain service /'],
    ['2001:DB8:0:0::7', 'https 2001:db8::7 443 tls http /'],
    ['[2001:db8::7]', 'https 2001:db8::7 443 tls http /'],
    ['[2001:db8::7]:22', 'tcp 2001:db8::7 22 plain service /'],
    ['fe80::1%eth0', 'https fe80::1%eth0 443 tls http /'],
    ['http://[fe80::1%25eth0]:81/', 'http fe80::1%eth0 81 plain http /'],
    ['http://[::ffff:192.0.2.7]/', 'http ::ffff:192.0.2.7 80 plain http /'],
    ['postgres://user:secret@db/app', 'postgres db 5432 plain service /app'],
    ['postgresql://db:6432/app?sslmode=require', 'postgres db 6432 plain service /app'],
    ['jdbc:postgresql://db/app', 'postgres db 5432 plain service /app'],
    ['postgresql+psycopg://u:p@db', 'postgres db 5432 plain service /'],
    ['mysql://db', 'mysql db 3306 plain service /'],
    ['redis://:secret@cache:6380/0', 'redis cache 6380 plain service /0'],
    ['rediss://cache', 'rediss cache 6379 tls service /'],
    ['mongodb://u:p@a.example:27018,b.example/db', 'mongodb a.example 27018 plain service /db'],
    ['mongodb://a.example,b.example:1/db', 'mongodb a.example 27017 plain service /db'],
    ['amqp://guest:guest@mq/%2f', 'amqp mq 5672 plain service /%2f'],
    ['amqps://mq', 'amqps mq 5671 tls service /'],
    ['nats://a:4223,nats://b:4222', 'nats a 4223 plain service /'],
    ['ssh://git@host.example:2222/repo', 'ssh host.example 2222 plain service /repo'],
    ['git@host.example:group/repo.git', 'ssh host.example 22 plain service /'],
    ['root@host.example', 'ssh host.example 22 plain service /'],
    ['smtp://mail.example', 'smtp mail.example 25 plain service /'],
    ['smtps://mail.example', 'smtps mail.example 465 tls service /'],
    ['imap://mail.example', 'imap mail.example 143 plain service /'],
    ['imaps://mail.example', 'imaps mail.example 993 tls service /'],
    ['pop3://mail.example', 'pop3 mail.example 110 plain service /'],
    ['ftp://files.example/pub', 'ftp files.example 21 plain service /pub'],
    ['ldap://dir.example/dc=example??sub', 'ldap dir.example 389 plain service /dc=example'],
    ['ldaps://dir.example', 'ldaps dir.example 636 tls service /'],
    ['tls://mq.example:5000', 'tls mq.example 5000 tls service /'],
    ['unix:/run/app.sock', 'unix  0 plain service /run/app.sock'],
    ['unix:///run/app.sock', 'unix  0 plain service /run/app.sock'],
    ['my_service:80', 'tcp my_service 80 plain service /'],
    ['https://bücher.example/ä', 'https xn--bcher-kva.example 443 tls http /%C3%A4'],
    ['xn--bcher-kva.example', 'https xn--bcher-kva.example 443 tls http /'],
    ['пример.example', 'https xn--e1afmkfd.example 443 tls http /'],
    ['http://localhost:4873/lodash@4.17.21', 'http localhost 4873 plain http /lodash@4.17.21'],
    ['https://social.example/@someone', 'https social.example 443 tls http /@someone'],
    ['“https://shop.example/a”', 'https shop.example 443 tls http /a'],
    ['‘shop.example:22’', 'tcp shop.example 22 plain service /'],
    ['«shop.example»', 'https shop.example 443 tls http /'],
    ['<https://shop.example/>', 'https shop.example 443 tls http /'],
    ["https://shop.example/it's'", "https shop.example 443 tls http /it's'"],
    ['shop.example:22/tcp', 'tcp shop.example 22 plain service /'],
    ['shop.example:80/udp/x', 'http shop.example 80 plain http /udp/x'],
    ['http:80', 'tcp http 80 plain service /'],
    ['redis:secret@db', 'https db 443 tls http /'],
    ['http://web:5173/@vite/client', 'http web 5173 plain http /@vite/client'],
  ])('%s', (input, expected) => {
    expect(shape(input)).toBe(expected);
  });

  it('keeps what was typed, but nothing secret', () => {
    const kept = (input: string): string => accepted(input).input;
    expect(kept('https://user:pass@Shop.example/a?token=1#x')).toBe('https://shop.example/a');
    expect(kept('postgresql://u:p@db:5433/app')).toBe('postgresql://db:5433/app');
    expect(kept('https://shop.example/a;jsessionid=ABC/b')).toBe('https://shop.example/a/b');
    expect(kept('shop.example')).toBe('shop.example');
    expect(kept('[2001:db8::1]:22')).toBe('[2001:db8::1]:22');
    expect(kept('https://[2001:db8::1]/')).toBe('https://[2001:db8::1]/');
    expect(accepted('shop.example').portGiven).toBe(false);
    expect(accepted('https://shop.example:443').portGiven).toBe(true);
    expect(accepted('[2001:db8::1]:22').literal).toBe(6);
  });
});

describe('an address whose end may be meant as a port', () => {
  it.each([
    ['2001:db8::7:443', '[2001:db8::7]:443'],
    ['2001:db8:1:2:3:4:5:22', null],
    ['2001:db8::7:444', null],
    ['2001:db8::7', null],
    ['2001:db8::443', null],
    ['[2001:db8::7:443]:443', null],
    ['http://[2001:db8::7:443]/', null],
    ['shop.example', null],
  ])('%s', (input, expected) => {
    expect(portPerhapsMeant(accepted(input))).toBe(expected);
  });
});

describe('what is refused, and what is said', () => {
  it('takes a number behind an address for a page where it can be no network', () => {
    expect(accepted('http://192.0.2.7/24').path).toBe('/24');
    expect(accepted('192.0.2.7/2024').path).toBe('/2024');
  });
  it.each([
    ['::1:80', /\[::1\]:80\.$/],
    ['2001:db8:1:2:3:4:5:6:443', /\[2001:db8:1:2:3:4:5:6\]:443\.$/],
    ['', /empty/],
    ['   ', /empty/],
    ['a'.repeat(10_000), /too long/],
    [`https://${'a'.repeat(64)}.example/`, /too long/],
    [`${'a.'.repeat(200)}example`, /too long/],
    ['\u001b[31mshop.example', /control characters/],
    ['shop.example\n', /control characters/],
    ['shop\u202e.example', /invisible/],
    ['shop\u200b.example', /invisible/],
    ['\ud800.example', /control characters/],
    ['-rf', /option/],
    ['https://-rf/', /option/],
    ['0177.1', /type 127\.0\.0\.1/],
    ['0x7f.1', /type 127\.0\.0\.1/],
    ['http://0x7f000001/', /type 127\.0\.0\.1/],
    ['2130706433', /type 127\.0\.0\.1/],
    ['http://2130706433/', /type 127\.0\.0\.1/],
    ['192.168.010.1', /type 192\.168\.10\.1, or 192\.168\.8\.1/],
    ['１２７.0.0.1', /type 127\.0\.0\.1/],
    ['256.1.1.1', /0 to 255/],
    ['1.2.3.4.5', /0 to 255/],
    ['10.0.0.0/8', /one address of it/],
    ['2001:db8::/32', /one address of it/],
    ['8080', /localhost:8080/],
    [':8080', /host is missing/],
    ['https://', /host is missing/],
    ['https:///path', /host is missing/],
    ['shop.example:0', /1 to 65535/],
    ['shop.example:65536', /1 to 65535/],
    ['shop.example:99999999999', /1 to 65535/],
    ['shop.example:', /1 to 65535/],
    ['shop.example:https', /1 to 65535/],
    ['shop.example:-1', /1 to 65535/],
    ['http://2001:db8::1/', /\[2001:db8::1\]/],
    ['[2001:db8::1', /no host|cannot hold/],
    ['[nonsense]:80', /IPv6/],
    ['fe80::1%', /interface/],
    ['htps://shop.example', /is https:\/\/ meant/],
    ['gopher://shop.example', /not known here/],
    ['udp://shop.example:53', /Only TCP/],
    ['shop.example:123/udp', /^Only TCP .* not UDP/],
    ['shop.example/UDP', /not UDP/],
    ['[2001:db8::7]:123/udp', /not UDP/],
    ['udp:shop.example:53', /not UDP/],
    ['“”', /empty|missing/],
    ['http:shop.example', /^Write http:\/\/ with/],
    ['https:shop.example:8443/a', /^Write https:\/\/ with/],
    ['http:/shop.example', /^Write http:\/\/ with/],
    ['file:///etc/passwd', /not lead over the network/],
    ['mailto:someone@shop.example', /not lead over the network/],
    ['https:/shop.example', /https:\/\//],
    ['http//shop.example', /http:\/\//],
    ['mongodb+srv://u:p@cluster.example/', /\+srv/],
    ['tcp://shop.example', /no port of its own/],
    ['shop..example', /empty part/],
    ['.example', /empty part/],
    ['.', /empty part|missing/],
    ['shop example', /spaces/],
    ['shop.example; rm -rf /', /spaces|letters/],
    ['xn--zzzzzzzzz99999.example', /decode/],
    ['unix:app.sock', /full path/],
    ['unix:', /full path/],
    [`unix:/${'a'.repeat(200)}`, /107/],
    ['postgres://user:pa/ss@db/app', /leave them out|1 to 65535/],
    ['postgres://user:12/ss@db/app', /leave them out/],
    ['https://user:12/ss@shop/', /leave them out/],
    ['https://user:sec@ret/x@shop.example/', /leave them out/],
  ])('%j', (input, expected) => {
    const why = refused(input);
    expect(why).toMatch(expected);
    expect(why.length).toBeLessThan(130);
    expect(why).not.toMatch(/\p{Cc}/u);
  });
});

describe('secrets', () => {
  const marker = 'Geheim7';
  const noise = fc.string({ unit: fc.constantFrom(...'abcXYZ:@/?#%&=+;,[]\\ "\'<>|ü\u001b'), maxLength: 6 });
  const secret = fc.tuple(noise, noise).map(([before, after]) => before + marker + after);
  const scheme = fc.constantFrom(
    'https://',
    'http://',
    'postgres://',
    'redis://',
    'mongodb://',
    'ssh://',
    'nope://',
    '',
  );
  const host = fc.constantFrom(
    'db',
    'shop.example',
    '[2001:db8::1]',
    '192.0.2.7',
    'db:5432',
    '0177.1',
    'a..b',
    'db:99999',
  );

  it('never come out again, whatever the password holds', () => {
    fc.assert(
      fc.property(scheme, secret, host, fc.constantFrom('', '/', '/app'), (s, password, h, path) => {
        expect(JSON.stringify(parseTarget(`${s}user:${password}@${h}${path}`)).toLowerCase()).not.toContain('geheim');
      }),
      { numRuns: 3000 },
    );
  });

  it('nor when the password is encoded, in the query or in the fragment', () => {
    fc.assert(
      fc.property(scheme, secret, host, (s, raw, h) => {
        const encoded = encodeURIComponent(raw);
        const out = [`user:${encoded}@${h}/a`, `${h}/a?token=${raw}`, `${h}?${encoded}`, `${h}/#${raw}`];
        for (const rest of out) {
          expect(JSON.stringify(parseTarget(s + rest)).toLowerCase()).not.toContain('geheim');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('any text gives a target or one short clean line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const parsed = parseTarget(text);
        if (!parsed.ok) return parsed.why.length < 130 && !/\p{Cc}/u.test(parsed.why);
        const { host, port, path } = parsed.target;
        return /^[\w.:%-]*$/.test(host) && port >= 0 && port <= 65_535 && path.startsWith('/');
      }),
      { numRuns: 3000 },
    );
  });

  it('what was accepted is accepted again from the report, with the same meaning', () => {
    for (const input of [
      'https://u:p@shop.example:8443/a?b',
      'fe80::1%eth0',
      '[2001:db8::1]:22',
      'git@host.example:r',
      'unix:/a',
    ]) {
      const once = accepted(input);
      expect(accepted(once.input)).toEqual(once);
    }
  });
});
