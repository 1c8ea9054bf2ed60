import { expect, it } from 'vitest';
import { parseResolverFile } from './resolver-file.js';

it('reads options as glibc does: the last one of a kind counts, and only at the start of a line', () => {
  const file = 'options timeout:90 edns0\n options use-vc\noptions timeout:1 attempts:0 nonsense\n';
  expect(parseResolverFile(file, 'f').options).toEqual([
    { word: 'edns0', location: 'f:1' },
    { word: 'timeout', value: 1, location: 'f:3' },
    { word: 'attempts', value: 0, location: 'f:3' },
  ]);
});
