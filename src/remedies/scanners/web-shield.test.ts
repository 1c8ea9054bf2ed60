import { describe, expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { addedText, checkAdded } from '../../operations/files/added-line.js';
import { remedy } from './except-in-web-shield.js';

const lines = [
  'http_port 3128',
  'ssl_bump peek step1',
  'ssl_bump bump all',
  'icap_service ask reqmod_precache icap://127.0.0.1:1344/ask',
  'icap_service av respmod_precache icap://127.0.0.1:1344/avscan',
  'adaptation_access ask allow all',
  'adaptation_access av allow all',
];

function ailment(cause: string, kind = 'signature', process = 'squid', literal = 0): Ailment {
  return {
    target: { scheme: 'https', host: 'shop.example', port: 443, path: '/a', literal },
    verdict: { cause, culprit: { kind, name: 'Lab.Harmful', owner: 'c-icap' } },
    facts: { 'connect.localEnd': { state: 'known', value: [{ end: { process } }] } },
  } as unknown as Ailment;
}

const why = (text: string): object => ({ whyNot: expect.stringContaining(text) as unknown });

describe('an exception in the web shield', () => {
  it('is for the page alone, before the first word about what is scanned', () => {
    const plan = remedy.plan(ailment('antivirus-blocks-url'), { lines });
    expect(plan).toMatchObject({
      operations: [
        {
          file: 'squid/squid.conf',
          edits: [
            { below: 5, was: lines[4], what: { is: 'squid-unscanned', service: 'av' } },
            { below: 5, was: lines[4], what: { is: 'squid-page', host: 'shop.example', port: 443, path: '/a' } },
          ],
        },
      ],
      blockLooksRight: expect.stringContaining('Lab.Harmful') as unknown,
    });
  });

  it('is for the host alone where connections are looked into', () => {
    const plan = remedy.plan(ailment('antivirus-intercepts-tls'), { lines });
    expect(plan).toMatchObject({ operations: [{ edits: [{ below: 2, what: { is: 'squid-splice' } }, { what: { is: 'squid-host' } }] }] }); // prettier-ignore
    expect(remedy.plan(ailment('antivirus-intercepts-tls', 'product', 'squid', 4), { lines })).toEqual(why('by their names')); // prettier-ignore
  });

  it('is none where another program stands between, nothing is blocked, or the words stand elsewhere', () => {
    expect(remedy.plan(ailment('antivirus-blocks-url', 'signature', 'havp'), { lines })).toEqual(why('not Squid'));
    expect(remedy.plan(ailment('antivirus-blocks-url', 'product'), { lines })).toEqual(why('does not answer'));
    expect(remedy.plan(ailment('antivirus-blocks-url'), { lines: lines.slice(0, 4) })).toEqual(
      why('adaptation_access'),
    );
    expect(remedy.plan(ailment('antivirus-intercepts-tls'), { lines: [] })).toEqual(why('ssl_bump'));
    expect(remedy.plan(ailment('antivirus-blocks-url'), { whyNot: 'no Squid runs' })).toEqual(why('no Squid'));
  });
});

describe('its lines', () => {
  it('name exactly that page, with any query', () => {
    const text = addedText({ is: 'squid-page', host: 'shop.example', port: 443, path: '/a+b.html' }, 'abcdefgh');
    const pattern = new RegExp(/url_regex (\S+)$/.exec(text)?.[1] ?? 'x');
    for (const url of ['https://shop.example/a+b.html', 'https://shop.example:443/a+b.html?q=1']) expect(url).toMatch(pattern); // prettier-ignore
    for (const url of [
      'https://shop.example/a+b.html/evil',
      'https://shopxexample/a+b.html',
      'https://evil.example/?https://shop.example/a+b.html',
      'https://shop.example:8443/a+b.html',
      'https://shop.example/aab.html',
    ])
      expect(url).not.toMatch(pattern);
  });

  it.each([
    { is: 'squid-page', host: 'a b', port: 80, path: '/' },
    { is: 'squid-page', host: 'a.example', port: 80, path: '/a\nhttp_access allow all' },
    { is: 'squid-page', host: 'a.example', port: 80, path: '/a b' },
    { is: 'squid-page', host: 'a.example', port: 80, path: 'a' },
    { is: 'squid-host', host: 'a.example all' },
    { is: 'squid-unscanned', service: 'av allow' },
    { is: 'squid-splice', host: 'a.example' },
  ])('refuse %j', (wrong) => {
    expect(() => checkAdded(wrong)).toThrow(/not valid/);
  });
});
