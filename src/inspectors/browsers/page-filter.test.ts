import { describe, expect, it } from 'vitest';
import { mostExact, verdictOfLists } from './page-filter.js';

/** Each line was tried on Debian's Chromium 156 (docs/browsers.md). */
describe('a filter of blocked pages', () => {
  it.each([
    ['plain.test', 'http://plain.test/', true],
    ['plain.test', 'http://a.plain.test:8080/x?y', true],
    ['plain.test', 'http://plain.test./', true],
    ['plain.test', 'http://xplain.test/', false],
    ['.dot.test', 'http://dot.test/', true],
    ['.dot.test', 'http://a.dot.test/', false],
    ['.', 'http://dot.test/', false],
    ['test', 'http://a.test/', true],
    ['UPPER.test', 'http://upper.test/', true],
    ['trail.test.', 'http://trail.test/', true],
    ['*', 'http://a.test/', true],
    ['*.star.test', 'http://a.star.test/', false],
    ['pre*.test', 'http://prefix.test/', false],
    ['localhost', 'http://localhost/', true],
    ['127.0.0.1', 'http://127.0.0.1/', true],
    ['0.0.1', 'http://127.0.0.1/', false],
    ['[::1]', 'http://[::1]/', true],
    ['http://sch.test', 'http://a.sch.test:8080/', true],
    ['https://sch.test', 'http://sch.test/', false],
    ['ws://sch.test', 'http://sch.test/', false],
    ['*://sch.test', 'http://sch.test/', false],
    ['noscheme://sch.test', 'http://sch.test/', false],
    ['http:sch.test', 'http://sch.test/', true],
    ['http:/sch.test', 'http://sch.test/', true],
    ['//sch.test', 'http://sch.test/', false],
    ['http://', 'http://sch.test/', false],
    ['http:*', 'http://sch.test/', true],
    ['port.test:8080', 'http://port.test:8080/', true],
    ['port.test:8080', 'http://port.test/', false],
    ['port.test:080', 'http://port.test/', true],
    ['port.test:*', 'http://port.test/', false],
    [':8080', 'http://port.test:8080/', false],
    ['*:8080', 'http://port.test:8080/', true],
    ['path.test/a', 'http://path.test/abc', true],
    ['path.test/a', 'http://path.test/', false],
    ['path.test/a', 'http://path.test/A', false],
    ['path.test/a*', 'http://path.test/abc', false],
    ['path.test/dir/', 'http://path.test/dir', false],
    ['path.test/a%20b', 'http://path.test/a%20b', true],
    ['path.test/%61b', 'http://path.test/ab', false],
    ['path.test/a/../b', 'http://path.test/b', false],
    ['/path', 'http://a.test/path', false],
    ['*/path', 'http://a.test/path', true],
    ['q.test/?v=1', 'http://q.test/?v=1', true],
    ['q.test/?v=1', 'http://q.test/?v=12', false],
    ['q.test/?v=1', 'http://q.test/x?a=2&v=1', true],
    ['q.test/?v=1*', 'http://q.test/?v=12', true],
    ['q.test?v=1&w=2', 'http://q.test/?w=2&v=1', true],
    ['q.test?v=1&w=2', 'http://q.test/?v=1', false],
    ['q.test?v', 'http://q.test/?v', true],
    ['q.test?v', 'http://q.test/?v=1', false],
    ['?v=1', 'http://q.test/?v=1', false],
    ['frag.test/#x', 'http://frag.test/', true],
    ['user@at.test', 'http://at.test/', true],
    [' space.test ', 'http://space.test/', true],
    ['o.test /x', 'http://o.test/x', false],
    ['r.test\\x', 'http://r.test/x', false],
    ['bücher.test', 'http://xn--bcher-kva.test/', false],
    ['', 'http://a.test/', false],
  ])('%j holds for %s: %s', (entry, url, holds) => {
    expect(mostExact([entry], new URL(url)) !== null).toBe(holds);
  });
});

describe('blocked against allowed', () => {
  it.each([
    ['a.test', 'a.test', 'http://a.test/', 'allows'],
    ['http://a.test:80', 'a.test', 'http://a.test/', 'allows'],
    ['a.test', 'a.test:80', 'http://a.test/', 'allows'],
    ['http://a.test:80/', 'a.test', 'http://a.test/', 'blocks'],
    ['a.test', 'sub.a.test', 'http://sub.a.test/', 'allows'],
    ['a.test/x', 'a.test', 'http://a.test/x', 'blocks'],
    ['a.test/long', '.a.test', 'http://a.test/long', 'allows'],
    ['sub.a.test', '.a.test', 'http://sub.a.test/', 'blocks'],
    ['a.test', '.a.test', 'http://a.a.test/', 'blocks'],
    ['a.test/?a=1', 'a.test/x', 'http://a.test/x?a=1', 'allows'],
    ['a.test/x', 'a.test/?q=1', 'http://a.test/x?q=1', 'blocks'],
    ['a.test/?a=1&b=2', 'a.test/?a=1', 'http://a.test/?a=1&b=2', 'blocks'],
    ['*:8080', 'http://*', 'http://a.test:8080/', 'allows'],
    ['*', 'http://*', 'http://a.test/', 'allows'],
  ])('%s against %s: %s', (blocked, allowed, url, effect) => {
    expect(verdictOfLists([blocked], [allowed], new URL(url))?.effect).toBe(effect);
  });
  it('is not asked where nothing blocks', () => {
    expect(verdictOfLists([], ['a.test'], new URL('http://a.test/'))).toBeNull();
  });
});
