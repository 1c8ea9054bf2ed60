export { shellWord } from '../model/shell-word.js';

/**
 * Text from outside (banners, certificates, rules, pages) made fit for a terminal or a log: one line, no control
 * characters, nothing that reorders or hides text (UTS 55), bounded. Renderers call it once for each such text.
 */
export function clean(text: string, longest = 160): string {
  // Bounded first: what is cut away anyway need not be looked at.
  const bounded = text.slice(0, longest * 4);
  const spaced = bounded.replace(/[\s\u2028\u2029]+/g, ' ').trim();
  if (text.length <= longest && plain.test(spaced)) return spaced;
  const letters = Array.from(withoutHidden(spaced));
  return letters.length <= longest && text.length <= longest * 4
    ? letters.join('')
    : `${letters.slice(0, longest - 1).join('')}…`;
}

/** Nearly all that is shown. The expressions below know thousands of letters: V8 takes a millisecond for each, once. */
const plain = /^[ -~]*$/;

/** A whole line on its way to the terminal, whatever was forgotten before: nothing that steers it. */
export function inert(line: string): string {
  return plain.test(line) ? line : withoutHidden(line);
}

let notShown: RegExp | undefined;

function withoutHidden(text: string): string {
  notShown ??=
    /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;
  return text.replace(notShown, '\ufffd');
}

/** How many columns a terminal gives to it: East Asian wide and most emoji count twice, combining marks not at all. */
export function columns(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const letter of text) width += /\p{Mn}|\p{Me}/u.test(letter) ? 0 : wide.test(letter) ? 2 : 1;
  return width;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Lines of at most `width` columns; a word longer than that stays whole, so that it can be copied. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && columns(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
