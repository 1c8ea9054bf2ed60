import { expect, it } from 'vitest';
import { tellingHeaders } from './http-try.js';

it.each([
  ['Negotiate, Basic realm="a, NTLM"', 'Negotiate, Basic'],
  ['Digest realm="x", nonce="y", algorithm=MD5, NTLM', 'Digest, NTLM'],
  ['Negotiate YIIabc==', 'Negotiate'],
])('keeps all ways to log in, and no parameter of them: %s', (value, kept) => {
  expect(tellingHeaders(new Map([['proxy-authenticate', value]]))['proxy-authenticate']).toBe(kept);
});
