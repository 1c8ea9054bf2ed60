import { expect, it } from 'vitest';
import { proxiesIn, wordsIn } from './words-of-command.js';

it('reads the words of a text that is meant for a shell', () => {
  expect(wordsIn(['-c', 'x=1 curl --proxy=http://p:3128 "https://a.example/?b=1" && echo done'])).toEqual([
    '-c', '--proxy', 'http://p:3128', 'https://a.example/?b=1',
  ]); // prettier-ignore
});

it.each([
  [['-x', 'http://p:3128', 'https://a.example'], 'http://p:3128'],
  [['--socks5-hostname', 'p:1080', 'https://a.example'], 'socks5h://p:1080'],
  [['--noproxy', '*', 'https://a.example'], false],
  [['--noproxy', 'b.example', 'https://a.example'], null],
  [['-x', '-y'], null],
  [['https://a.example'], null],
])('%j', (words, option) => {
  const said = proxiesIn(words);
  expect(said.option).toBe(option);
  expect(said.words.has('https://a.example')).toBe(false);
});

it('takes assignments in front of a command for its environment', () => {
  const said = proxiesIn(['https_proxy=http://p:3128', 'NO_PROXY=a.example', 'PATH=/bin']);
  expect([...said.variables]).toEqual([
    ['https_proxy', 'http://p:3128'],
    ['NO_PROXY', 'a.example'],
  ]);
});
