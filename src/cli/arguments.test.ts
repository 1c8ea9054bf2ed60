import { describe, expect, it } from 'vitest';
import { parseCall } from './arguments.js';
import { WrongWords } from './wrong-words.js';

function refused(...argv: string[]): string {
  try {
    parseCall(argv);
  } catch (error) {
    if (error instanceof WrongWords) return error.message;
    throw error;
  }
  throw new Error(`${argv.join(' ')} was accepted`);
}

describe('the words of a call', () => {
  it('are a target with options, in any order', () => {
    const call = parseCall([
      '-4',
      'https://shop.example/',
      '--json',
      '--timeout',
      '2.5',
      '--interface=eth0',
      '--no-trace',
      '--no-references',
    ]);
    expect(call).toEqual({
      command: 'diagnose',
      target: 'https://shop.example/',
      flags: {
        json: true,
        redact: false,
        html: null,
        verbose: false,
        config: null,
        timeoutMs: 2500,
        references: false,
        trace: false,
        thorough: false,
        browser: false,
        family: 4,
        interface: 'eth0',
        as: null,
        proxy: 'auto',
      },
    });
  });

  it('or another command', () => {
    expect(parseCall(['replay', 'a.json', '--verbose'])).toMatchObject({
      command: 'replay',
      file: 'a.json',
      flags: { verbose: true },
    });
    expect(parseCall(['explain', 'connection', 'refused', '--json'])).toEqual({
      command: 'explain',
      text: 'connection refused',
      json: true,
    });
    expect(parseCall(['explain'])).toEqual({ command: 'explain', text: null, json: false });
    expect(parseCall(['rules', '--ruleset', 'a', '--packets', '-'])).toEqual({
      command: 'rules',
      ruleset: 'a',
      packets: '-',
      format: 'auto',
    });
    expect(parseCall(['--help'])).toEqual({ command: 'help', about: null });
    expect(parseCall(['help'])).toEqual({ command: 'help', about: null });
    for (const words of [
      ['fix', '--help'],
      ['help', 'fix'],
      ['--help', 'fix'],
    ])
      expect(parseCall(words)).toEqual({ command: 'help', about: 'fix' });
    expect(parseCall(['pause', '-h'])).toEqual({ command: 'help', about: 'pause' });
    expect(parseCall(['https://shop.example/', '--help'])).toEqual({ command: 'help', about: null });
    expect(parseCall(['-V'])).toEqual({ command: 'version' });
    expect(parseCall(['a', '--proxy', 'http://u:p@proxy:3128'])).toMatchObject({
      flags: { proxy: { url: 'http://u:p@proxy:3128' } },
    });
    expect(parseCall(['--', '-x'])).toMatchObject({ command: 'diagnose', target: '-x' });
  });

  it.each([
    [[], /say what to reach/],
    [['a', 'b'], /host:port/],
    [['a', 'b', 'c'], /one target/],
    [['replay'], /needs one file/],
    [['replay', 'a', 'b'], /needs one file/],
    [['a', '--timeout'], /--timeout needs a value/],
    [['a', '--timeout', 'geheim'], /seconds/],
    [['a', '--timeout', '0'], /seconds/],
    [['a', '--timeout', '1e9'], /seconds/],
    [['a', '--json=geheim'], /--json takes no value/],
    [['a', '--jsn'], /is --json meant/],
    [['a', '--geheim'], /unknown option/],
    [['a', '-x'], /unknown option/],
    [['a', '--header=geheim'], /unknown option/],
    [['a', '-4', '-6'], /exclude/],
    [['a', '--proxy', 'geheim', '--no-proxy'], /exclude/],
    [['a', '--interface', 'geheim geheim'], /network interface/],
    [['replay', 'a', '--timeout', '3'], /does not belong/],
    [['explain', 'a', '--redact'], /does not belong/],
    [['rules'], /--ruleset FILE --packets FILE/],
    [['rules', '--ruleset', 'a', '--packets', 'b', '--format', 'geheim'], /--format is/],
    [['rules', '--ruleset', 'a', '--packets', 'b', '--timeout', '3'], /does not belong/],
    [['a', '--ruleset', 'b'], /does not belong/],
  ])('%j are refused', (argv, expected) => {
    const why = refused(...argv);
    expect(why).toMatch(expected);
    expect(why).not.toContain('geheim');
    expect(why).not.toContain('\n');
  });
});

describe('--as', () => {
  it('takes a user', () => {
    expect(parseCall(['--as', 'alice', 'shop.example'])).toMatchObject({ flags: { as: 'alice' } });
    expect(parseCall(['shop.example'])).toMatchObject({ flags: { as: null } });
  });

  it.each(['', 'a b', '../root', '-x'])('refuses %j', (name) => {
    expect(() => parseCall([`--as=${name}`, 'shop.example'])).toThrow(/--as/);
  });
});
