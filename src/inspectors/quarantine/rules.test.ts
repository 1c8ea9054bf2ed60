import { describe, expect, it } from 'vitest';
import { fakeSystem, type Script } from '../../../test/fake-system.js';
import { scanByRules } from '../../system/yara.js';
import { byRules } from './rules.js';

const signal = new AbortController().signal;
const bad = 'rule Bad { strings: $a = "BAD" condition: $a }';

/** The real engine, on files that are not there. */
async function asked(files: NonNullable<Script['files']>, text = 'so BAD', place = '/rules') {
  const system = { ...fakeSystem({ files }), scanByRules };
  return byRules(place, Buffer.from(text), '/home/u/tool.sh', system, signal);
}

describe('rules of the user’s own, by YARA-X', () => {
  it('speak against a file, each by its name and its file', async () => {
    const files = { '/rules/a.yar': bad, '/rules/more/b.yara': 'rule So { strings: $a = "so" condition: $a }' };
    expect(await asked(files)).toEqual({
      scanner: 'YARA rules',
      says: 'found',
      words: 'Bad (a.yar), So (more/b.yara)',
      knows: '2 files of rules',
      speaksFor: false,
    });
  });

  it('that find nothing speak for nobody', async () => {
    expect(await asked({ '/rules/a.yar': bad }, 'good')).toMatchObject({ says: 'clean', speaksFor: false });
  });

  it('may be one file, and may ask where the file lies', async () => {
    const rule = 'rule Named { condition: filename == "tool.sh" and extension == ".sh" and filepath contains "/u/" }';
    expect(await asked({ '/one.yar': rule }, '', '/one.yar')).toMatchObject({ words: 'Named (one.yar)' });
  });

  it('that cannot be used are named, and do not keep the others from being asked', async () => {
    const files = {
      '/rules/a.yar': bad,
      '/rules/broken.yar': 'rule {',
      '/rules/far.yar': 'include "/etc/shadow"',
      '/rules/README.md': 'rule',
    };
    const { says, knows } = await asked(files);
    expect(says).toBe('found');
    expect(knows).toBe(
      '1 file of rules; 2 not used: broken.yar (syntax error, line 1), far.yar (error including file, line 1)',
    );
    expect(await asked({ '/rules/broken.yar': 'rule {' })).toMatchObject({
      says: 'no-answer',
      words: expect.stringMatching(/none of the rules can be used: broken/) as string,
    });
  });

  it('may hold the same name twice in two files, and print nothing', async () => {
    const printing = 'import "console" rule Bad { condition: console.log("to stdout") }';
    expect(await asked({ '/rules/a.yar': bad, '/rules/b.yar': bad, '/rules/c.yar': printing })).toMatchObject({
      words: 'Bad (a.yar), Bad (b.yar), Bad (c.yar)',
    });
  });

  it('have no answer where there are none, or where nothing can hold them against a file', async () => {
    expect(await asked({ '/rules/x.txt': '' })).toMatchObject({
      says: 'no-answer',
      words: 'there are no rules in /rules',
    });
    expect(await asked({})).toMatchObject({ says: 'no-answer', words: '/rules cannot be looked at (ENOENT)' });
    const raw = '@virustotal/yara-x is not installed';
    const system = fakeSystem({ files: { '/rules/a.yar': bad }, rules: () => ({ state: 'unavailable', raw }) });
    const opinion = await byRules('/rules', Buffer.from(''), '/x', system, signal);
    expect(opinion).toMatchObject({ says: 'no-answer', words: raw });
  });

  it('that never end are ended', async () => {
    const loops =
      'rule Slow { condition: for all i in (0..2000000000) : (for all j in (0..2000000000) : (uint8(i) != 300 or j >= 0)) }';
    const question = { sources: [{ name: 's', text: loops }], bytes: Buffer.from('x'), path: '/x', timeoutMs: 1_500 };
    expect((await scanByRules(question, signal)).state).not.toBe('answered');
  });

  it('leave what is not theirs alone: a link that leads back is not followed', async () => {
    const files = { '/rules/a.yar': bad, '/rules/loop': { link: '/rules' } };
    expect(await asked(files)).toMatchObject({ knows: '1 file of rules' });
  });
});
