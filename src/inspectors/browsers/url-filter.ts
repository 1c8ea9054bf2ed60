// urlFilter of declarativeNetRequest (developer.chrome.com/docs/extensions/reference/api/declarativeNetRequest, "URL filter
// syntax"): `||` the beginning of a domain or a label of it, `|` an end of the URL, `*` anything, `^` a separator or the end.

/** Whether the filter holds for the URL. Linear in both: filters are anybody's text. */
export function urlFilterHolds(filter: string, url: string, caseSensitive: boolean): boolean {
  const whole = caseSensitive ? url : url.toLowerCase();
  let pattern = caseSensitive ? filter : filter.toLowerCase();
  let starts: readonly number[] | null = null;
  if (pattern.startsWith('||')) {
    pattern = pattern.slice(2);
    starts = domainStarts(whole);
  } else if (pattern.startsWith('|')) {
    pattern = pattern.slice(1);
    starts = [0];
  }
  const toEnd = pattern.endsWith('|');
  const pieces = (toEnd ? pattern.slice(0, -1) : pattern).split('*');
  const ends = toEnd ? startsAtEnd(pieces.at(-1) ?? '', whole) : null;
  const first = pieces[0] ?? '';
  if (pieces.length === 1 && ends !== null) return ends.some((at) => starts === null || starts.includes(at));
  const middle = ends === null ? pieces.slice(1) : pieces.slice(1, -1);
  return (starts ?? [firstFrom(first, whole, 0)]).some((start) => {
    if (!holdsAt(first, whole, start)) return false;
    // Each piece as early as it can be: then there is most room for those behind it.
    let at = start + lengthAt(first, whole, start);
    for (const piece of middle) {
      const next = firstFrom(piece, whole, at);
      if (next < 0) return false;
      at = next + lengthAt(piece, whole, next);
    }
    return ends === null || ends.some((end) => end >= at);
  });
}

/** Where the last piece must begin so that it ends with the URL; a `^` at its end may stand for the end itself. */
function startsAtEnd(piece: string, url: string): number[] {
  const at = url.length - piece.length;
  const places = Array.from({ length: separatorsAtEnd(piece) + 1 }, (_, i) => at + i);
  return places.filter((one) => holdsAt(piece, url, one));
}

function firstFrom(piece: string, url: string, from: number): number {
  if (!piece.includes('^')) return url.indexOf(piece, from);
  for (let at = from; at <= url.length; at++) if (holdsAt(piece, url, at)) return at;
  return -1;
}

function holdsAt(piece: string, url: string, at: number): boolean {
  if (at < 0) return false;
  const endings = piece.length - separatorsAtEnd(piece);
  for (let i = 0; i < piece.length; i++) {
    const wanted = piece[i];
    const given = url[at + i];
    if (wanted === '^' ? !(given === undefined ? i >= endings : isSeparator(given)) : wanted !== given) return false;
  }
  return true;
}

function separatorsAtEnd(piece: string): number {
  let at = piece.length;
  while (at > 0 && piece[at - 1] === '^') at--;
  return piece.length - at;
}

/** `^` at the very end takes no character. */
function lengthAt(piece: string, url: string, at: number): number {
  return Math.min(piece.length, url.length - at);
}

function isSeparator(letter: string): boolean {
  return !/[A-Za-z0-9_.%-]/.test(letter);
}

/** The beginning of the host and of each label in it. */
function domainStarts(url: string): number[] {
  const host = url.indexOf('://') + 3;
  if (host < 3) return [];
  const end = url.slice(host).search(/[/?#:]|$/) + host;
  const starts = [host];
  for (let dot = url.indexOf('.', host); dot >= 0 && dot < end; dot = url.indexOf('.', dot + 1)) starts.push(dot + 1);
  return starts;
}
