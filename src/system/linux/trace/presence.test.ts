import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nfTablesMissing, symbolExists } from './presence.js';

it.runIf(existsSync('/proc/kallsyms'))("finds a name in the kernel's list of symbols, and no other", () => {
  expect(symbolExists('start_kernel')).toBe(true);
  expect(symbolExists('no_such_symbol_of_any_kernel')).toBe(false);
});

it.runIf(process.platform === 'linux')('has a reason or none', () => {
  expect(nfTablesMissing()).toSatisfy((reason) => reason === null || typeof reason === 'string');
});
