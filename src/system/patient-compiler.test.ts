import { Script } from 'node:vm';
import { expect, it } from 'vitest';
import { withPatientCompiler } from './patient-compiler.js';

it('gives what the work gives, and passes on what it throws', () => {
  expect(withPatientCompiler(() => 7)).toBe(7);
  expect(() => withPatientCompiler(() => JSON.parse('{'))).toThrow(SyntaxError);
});

it('leaves the flags as they were: code that was compiled under them is still taken', () => {
  const source = '(function () { return 1; })';
  const before = new Script(source).createCachedData();
  withPatientCompiler(() => null);
  expect(new Script(source, { cachedData: before }).cachedDataRejected).toBe(false);
});
