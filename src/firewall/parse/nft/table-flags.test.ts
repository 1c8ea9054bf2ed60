import { describe, expect, it } from 'vitest';
import { parseNftJson } from '../nft-json.js';
import { tablesWithGarbledFlags, withFlags } from './table-flags.js';

const listed = (flags: unknown): string =>
  JSON.stringify({
    nftables: [
      { table: { family: 'inet', name: 'sleep', handle: 1, flags } },
      { table: { family: 'inet', name: 'filter', handle: 2 } },
    ],
  });
const text = 'table inet sleep { # progname nft\n\tflags owner,persist\n\n\tset s {\n\t\tflags interval\n\t}\n}\n';

describe('the flags of a table', () => {
  it.each([
    ['dormant', true, undefined],
    [['dormant', 'persist'], true, undefined],
    ['owner', false, true],
    [['owner', 'persist'], false, true],
  ])('%j', (flags, dormant, owned) => {
    const { tables, problems } = parseNftJson(listed(flags));
    expect(tables[0]).toMatchObject({ dormant, ...(owned && { owned }) });
    expect(tables[1]).toMatchObject({ name: 'filter', dormant: false });
    expect(problems).toEqual([]);
  });

  it('that nft 1.0.6 garbles are not known, until its text tells them', () => {
    const ruleset = parseNftJson(listed('sleep'));
    expect(ruleset.problems).toMatchObject([{ where: 'flags of table inet sleep', fatal: true }]);
    expect(tablesWithGarbledFlags(ruleset).map(({ name }) => name)).toEqual(['sleep']);
    const whole = withFlags(ruleset, text);
    expect(whole.problems).toEqual([]);
    expect(whole.tables[0]).toMatchObject({ dormant: false, owned: true });
    expect(withFlags(ruleset, text.replace('owner,persist', 'dormant')).tables[0]).toMatchObject({ dormant: true });
    // A text of another table tells nothing of this one.
    expect(withFlags(ruleset, 'table inet other {\n\tflags dormant\n}\n').problems).toHaveLength(1);
  });
});
