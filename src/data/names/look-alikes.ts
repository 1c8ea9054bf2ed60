/**
 * Letters of other scripts that look like Latin ones, and Latin spellings that look like each other. Source: the idea and
 * the choice of Unicode Technical Standard 39, section 4 (confusables), reduced to what fits into host names; written
 * down by hand from the scripts' own charts.
 */
const alike: Readonly<Record<string, string>> = {
  a: 'аɑαａ', // Cyrillic, Latin alpha, Greek, fullwidth
  b: 'Ьƅｂ',
  c: 'сϲⅽｃ',
  d: 'ԁⅾɗｄ',
  e: 'еҽєｅ',
  f: 'ƒｆ',
  g: 'ɡցｇ',
  h: 'һհｈ',
  i: 'іıɩιｉ',
  j: 'јϳｊ',
  k: 'κкｋ',
  l: 'ӏⅼǀｌ',
  m: 'мⅿｍ',
  n: 'ոпɴｎ',
  o: 'оοօσｏ',
  p: 'рρｐ',
  q: 'ԛգｑ',
  r: 'гꭇｒ',
  s: 'ѕꜱｓ',
  t: 'тτｔ',
  u: 'υսцｕ',
  v: 'νѵⅴｖ',
  w: 'ԝѡωｗ',
  x: 'хχⅹｘ',
  y: 'уүγｙ',
  z: 'ᴢｚ',
};

/** For each letter of another script the Latin one that it looks like. */
export const looksLike: ReadonlyMap<string, string> = new Map(
  Object.entries(alike).flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)),
);

/** Latin spellings that look like another letter in many fonts: what is typed, and what it looks like. */
export const looksLikeInLatin: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['vv', 'w'],
  ['cl', 'd'],
  ['0', 'o'],
  ['1', 'l'],
  ['1', 'i'],
  ['5', 's'],
];
