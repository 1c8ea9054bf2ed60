import { expect, it } from 'vitest';
import { browse } from './browse.js';

it('takes what is left of the time, which is seldom a whole number of milliseconds', async () => {
  const request = { program: '/bin/false', url: 'http://192.0.2.1/', profile: null, timeoutMs: 5_000.5 };
  expect(await browse(request, new AbortController().signal)).toMatchObject({ state: 'not-run' });
});
