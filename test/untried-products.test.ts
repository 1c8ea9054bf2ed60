import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { askedEvidence } from '../src/causes/evidence/program-guard.js';
import { asKnown, untriedProgram } from '../src/causes/evidence/interception-evidence.js';
import { untriedVpn } from '../src/causes/evidence/tunnel.js';
import { guardProducts } from '../src/data/guard-products.js';
import { interceptors } from '../src/data/interceptors.js';
import { vpnIsTried, vpnProducts } from '../src/model/tunnel-products.js';
import { guardLines } from '../src/report/describe-guards.js';
import { tunnelLines } from '../src/report/describe-way.js';
import { scenarioFiles } from '../lab/run/load.js';
import type { Scenario } from '../lab/scenario.js';
import { root } from './built.js';

// A name out of a table that nobody has held against the real product is marked so wherever it is shown: every row.

const scenarios = await Promise.all(
  scenarioFiles(root).map(async (file) => {
    const module = (await import(/* @vite-ignore */ path.join(root, 'lab/scenarios', `${file}.ts`))) as {
      default: Scenario;
    };
    return module.default;
  }),
);
const mark = /by its makers’ documents, not tried/;
const marked = (text: string): boolean => mark.test(text);

describe('products that were not tried', () => {
  it.each(guardProducts)('guard: $name', ({ name, kind, tried, processes, folders }) => {
    const product = { name, kind, tried };
    const process = processes[0] ?? 'unknown';
    const [line] = guardLines({
      guards: [{ pid: 7, process, program: `${folders[0] ?? ''}/x`, uid: 0, product, holds: [] }],
      roots: [],
      otherRoots: 0,
      scanners: [],
      modules: [],
      closed: [],
    });
    expect(line).toContain(name);
    expect(marked(line ?? '')).toBe(!tried);
    const asked = askedEvidence({ pid: 7, process, product, file: '/x', by: 'file' });
    expect(asked.says).toContain(name);
    expect(marked(asked.says)).toBe(!tried);
    const end = { address: '127.0.0.1', port: 8443, process, pid: 7, uid: 0 };
    const named = untriedProgram(end, undefined);
    expect(named.map(({ says }) => marked(says))).toEqual(tried || processes.length === 0 ? [] : [true]);
  });

  it('are the guards that no world of the lab starts', () => {
    const lines = scenarios.flatMap(({ break: steps, distractors = [] }) =>
      [...steps, ...distractors].flatMap((step) => ('line' in step ? [step.line.join('\n')] : [])),
    );
    for (const { name, tried, processes } of guardProducts)
      expect(
        processes.some((process) => lines.some((line) => new RegExp(`(?:^|\\s)${process}(?:\\s|$)`).test(line))),
        name,
      ).toBe(tried);
  });

  it.each(interceptors)('interceptor: $product', (known) => {
    expect(asKnown(known)).toContain(known.product);
    expect(marked(asKnown(known))).toBe(!known.tried);
  });

  it.each(vpnProducts)('VPN: %s', (product) => {
    const [line] = tunnelLines([{ device: 'tun0', product, ranges: [], allowed: null, resolvers: [] }]);
    expect(line).toContain(product);
    expect(marked(line ?? '')).toBe(!vpnIsTried(product));
    const says = untriedVpn(product, 'device.tunnels').map((one) => one.says);
    expect(says.map(marked)).toEqual(vpnIsTried(product) ? [] : [true]);
  });

  it('are most of the rows, and not all', () => {
    for (const rows of [guardProducts, interceptors]) {
      const tried = rows.filter((row) => row.tried).length;
      expect(tried).toBeGreaterThan(0);
      expect(tried).toBeLessThan(rows.length / 2);
    }
  });
});
