/** Keys beside each other, as rows of a keyboard are drawn. Source: the layouts QWERTY, QWERTZ and AZERTY (ISO/IEC 9995). */
const layouts: readonly (readonly string[])[] = [
  ['1234567890-', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  ['1234567890', 'qwertzuiop', 'asdfghjkl', 'yxcvbnm-'],
  ['1234567890', 'azertyuiop', 'qsdfghjklm', 'wxcvbn'],
];

/** Each row is shifted against the one above, by about half a key: a key touches its own column there and the next one. */
function allPairs(): ReadonlySet<string> {
  return new Set(
    layouts.flatMap((rows) =>
      rows.flatMap((row, r) =>
        [...row].flatMap((key, at) => {
          const touched = [row[at + 1], rows[r + 1]?.[at], rows[r + 1]?.[at - 1]];
          return touched.flatMap((other) => (other === undefined ? [] : [key + other, other + key]));
        }),
      ),
    ),
  );
}

let pairs: ReadonlySet<string> | undefined;

export function areNeighbours(a: string, b: string): boolean {
  pairs ??= allPairs(); // half a millisecond, of each failed diagnosis else
  return pairs.has(a + b);
}
