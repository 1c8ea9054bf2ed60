import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { browsers } from './examples/browsers.js';
import { runtimes } from './examples/runtimes.js';
import { services } from './examples/services.js';
import { tools } from './examples/tools.js';
import { explain } from './explain.js';
import { readText } from './text.js';

const examples = [...browsers, ...tools, ...runtimes, ...services];
const texts = examples.map((example) => example[5]);
const stages = ['target', 'name', 'route', 'proxy', 'connect', 'tls', 'http', 'service'];
/** Control characters, and those that turn the order of text or cannot be seen. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/;

const loneSurrogate = /\p{Surrogate}/u;

/** Anything: noise, real messages cut anywhere, escapes and controls in between. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(...texts),
      fc.constantFrom(...texts).chain((text) => fc.nat(text.length).map((at) => text.slice(at))),
      fc.constantFrom(
        '\u001b[31m',
        '\u001b]0;title\u0007',
        '\u009b2J',
        '\u202e',
        '\u0000',
        '\r\n',
        "'",
        '"',
        '[',
        '://',
        '@',
        ':',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('explain', () => {
  it('serialises as the contract says', () => {
    expect(Object.keys(JSON.parse(JSON.stringify(explain('net::ERR_CONNECTION_REFUSED'))) as object)).toEqual([
      'schema',
      'message',
      'from',
      'means',
      'doesNotMean',
      'stage',
      'candidates',
      'target',
    ]);
    expect(explain('net::ERR_CONNECTION_REFUSED').schema).toBe('whoblocked/explain/1');
  });

  it('never throws, and hands out nothing that is not printable', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const result = explain(text);
        const strings = [
          result.message,
          result.from,
          result.means,
          result.doesNotMean,
          result.target,
          ...result.candidates,
        ].filter((value) => value !== null);
        expect(strings.filter((value) => unprintable.test(value) || loneSurrogate.test(value))).toEqual([]);
        expect(stages).toContain(result.stage);
        expect(result.candidates.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it('reads the same message through colours, line breaks and shouting', () => {
    const disguise = fc.constantFrom(
      (text: string) => text.replaceAll(' ', ' \u001b[1m'),
      (text: string) => text.replaceAll(' ', '  '),
      (text: string) => `\u001b[31m${text}\u001b[0m`,
      (text: string) => text.replaceAll("'", '’'),
      (text: string) => text.replaceAll('"', '“'),
      (text: string) => text.normalize('NFD'),
      (text: string) => text.replaceAll('\n', '\r\n'),
      (text: string) => `2026-11-27T10:00:00.123Z app[7]: ${text}`,
    );
    fc.assert(
      fc.property(fc.constantFrom(...texts), disguise, (text, change) => {
        // A bare number is an error number only when it is all there is.
        fc.pre(!/^\d+$/.test(text));
        const { message, stage, from, target } = explain(change(text));
        const plain = explain(text);
        expect({ message, stage, from, target }).toEqual({
          message: plain.message,
          stage: plain.stage,
          from: plain.from,
          target: plain.target,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('reads the same message whichever space is a line break', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), (text, seed) => {
        const spaces = [...text.matchAll(/ /g)].map((match) => match.index);
        fc.pre(spaces.length > 0);
        const at = spaces[seed % spaces.length] ?? 0;
        const wrapped = `${text.slice(0, at)}\n${text.slice(at + 1)}`;
        const [{ message, target }, plain] = [explain(wrapped), explain(text)];
        expect({ message, target }).toEqual({ message: plain.message, target: plain.target });
      }),
      { numRuns: 300 },
    );
  });

  it('keeps logins, paths and queries of URLs to itself, and still finds the server', () => {
    const secret = fc.stringMatching(/^Zq[a-zA-Z0-9!$&*+=~_.:-]{6,20}Qz$/);
    const scheme = fc.constantFrom(
      ['https', 443],
      ['http', 80],
      ['postgres', 5432],
      ['mongodb', 27017],
      ['redis', 6379],
      ['amqp', 5672],
      ['mysql', 3306],
    );
    const around = fc.constantFrom(
      (url: string) => `curl: (7) ${url} Connection refused`,
      (url: string) => `Get "${url}": dial tcp 10.0.0.5:443: connect: connection refused`,
      (url: string) => `fatal: unable to access '${url}': Connection refused`,
      (url: string) => `request to ${url} failed, reason: connect ECONNREFUSED 198.51.100.7:443`,
      (url: string) => `error: ${url}\nConnection timed out`,
      (url: string) => `net::ERR_CONNECTION_REFUSED at ${url}`,
      (url: string) => `Warning: file_get_contents(${url}): Failed to open stream: Connection refused`,
    );
    fc.assert(
      fc.property(
        scheme,
        secret,
        secret,
        secret,
        secret,
        around,
        ([name, port], user, password, path, query, place) => {
          const result = explain(place(`${name}://${user}:${password}@shop.example/${path}?key=${query}#${query}`));
          const json = JSON.stringify(result).toLowerCase();
          for (const hidden of [user, password, path, query]) expect(json).not.toContain(hidden.toLowerCase());
          expect(result.target).toBe(`shop.example:${port}`);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keeps careless logins to itself too', () => {
    const careless = fc.stringMatching(/^Zq[a-zA-Z0-9@:/]{4,20}Qz$/);
    const around = fc.constantFrom(
      (login: string) => `psql: could not connect to postgres://${login}@db.example/app: Connection refused`,
      (login: string) => `ssh: Could not resolve hostname ${login}@db.example: Name or service not known`,
      (login: string) => `curl: (6) Could not resolve host: ${login}@db.example`,
      (login: string) => `redis://${login}@db.example:6380/0 ECONNREFUSED`,
    );
    fc.assert(
      fc.property(careless, around, (login, place) => {
        const json = JSON.stringify(explain(place(login))).toLowerCase();
        // Chance makes words that the answer has anyway ("name").
        const usual = JSON.stringify(explain(place('Zq@Qz'))).toLowerCase();
        const parts = login.toLowerCase().split(/[@:/]/);
        for (const part of parts) if (part.length > 3 && !usual.includes(part)) expect(json).not.toContain(part);
      }),
      { numRuns: 200 },
    );
  });

  it('says honestly that it does not know', () => {
    const result = explain('the cat sat on the mat');
    expect(result).toMatchObject({ message: null, from: 'unknown', candidates: ['undetermined'], target: null });
    expect(result.means).toContain('not recognised');
  });

  it('finds the message at either end of a text that is too long', () => {
    const noise = 'all is well '.repeat(200_000);
    expect(explain(`${noise}\ncurl: (7) Failed to connect to shop.example port 443: Connection refused`).target).toBe(
      'shop.example:443',
    );
    expect(explain(`ssh: connect to host shop.example port 22: Connection timed out\n${noise}`).from).toBe('ssh');
  });
});

describe('a text made comparable', () => {
  it('has two forms of the same length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { clean, folded, lines } = readText(text);
        expect(folded.length).toBe(clean.length);
        expect(unprintable.test(clean)).toBe(false);
        expect(lines.every((at, index) => at <= clean.length && (index === 0 || at > (lines[index - 1] ?? 0)))).toBe(
          true,
        );
      }),
      { numRuns: 200 },
    );
  });

  it('folds accents, case and quotation marks, and keeps the original beside', () => {
    const { clean, folded } = readText('“CONEXIÓN”\u00a0 d\u00e9j\u00e0\n« ÜBER »');
    expect(clean).toBe('“CONEXIÓN” déjà « ÜBER »');
    expect(folded).toBe("'conexion' deja ' uber '");
  });
});
