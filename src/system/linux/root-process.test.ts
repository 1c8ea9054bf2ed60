import { describe, expect, it } from 'vitest';
import { wayToRoot } from './root-process.js';

const both = ['/usr/bin/sudo', '/usr/bin/pkexec'];

describe('the way to become root', () => {
  it.each([
    ['a terminal and both', true, true, both, ['/usr/bin/sudo', '--']],
    ['a terminal on a text console', true, false, both, ['/usr/bin/sudo', '--']],
    ['a desktop without a terminal', false, true, both, ['/usr/bin/pkexec']],
    ['a desktop without a terminal, and no pkexec', false, true, ['/usr/bin/sudo'], ['/usr/bin/sudo', '-n', '--']],
    ['a desktop with a terminal, and no sudo', true, true, ['/usr/bin/pkexec'], ['/usr/bin/pkexec']],
    ['neither terminal nor desktop: nobody could be asked', false, false, both, ['/usr/bin/sudo', '-n', '--']],
    ['no desktop, where pkexec has no window to ask by', true, false, ['/usr/bin/pkexec'], null],
    ['nothing installed', true, true, [], null],
  ])('%s', (_name, canAsk, isDesktop, installed, way) => {
    expect(wayToRoot(canAsk, isDesktop, (program) => installed.includes(program))).toEqual(way);
  });
});
