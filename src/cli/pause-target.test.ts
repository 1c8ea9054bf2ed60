import { expect, it } from 'vitest';
import { parseCall } from './arguments.js';
import { wordsOf } from './pause-target.js';

it('says a pause again as root would have to call it', () => {
  const words =
    'pause firewall https://shop.example/ --for 30s --allow-wider --as ann -4 --interface wg0 --no-proxy -- curl -v';
  const call = parseCall(words.split(' '));
  if (call.command !== 'pause') throw new Error('no pause');
  expect(wordsOf(call)).toBe(words);
});
