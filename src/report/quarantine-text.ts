import type { Inspected, Opinion, QuarantinedFile, QuarantineList } from '../model/quarantine.js';
import { clean } from './clean.js';

const longest = 400;
const shown = (text: string): string => clean(text, longest);

export function listText({ folders, files, truncated }: QuarantineList): string {
  if (folders.length === 0)
    return 'No quarantine was found: no scanner of this computer is set up to move files away (ClamAV and maldet are known).\n';
  return lines([
    ...folders.map(
      ({ folder, product, because, readable }) =>
        `${product} moves files to ${shown(folder)} (${shown(because)})${readable ? '' : ': only root may look into it'}`,
    ),
    '',
    ...files.flatMap((one) => [
      `${one.id}  ${one.signature === null ? 'unknown reason' : shown(one.signature)}  ${one.at?.slice(0, 16).replace('T', ' ') ?? ''}`.trimEnd(),
      `            ${one.original === null ? `now ${shown(one.file)}; where it was nobody wrote down` : shown(one.original)}${stateText(one)}`,
    ]),
    ...(files.length === 0 ? ['Nothing lies there.'] : []),
    ...(truncated ? ['There are more files than are listed.'] : []),
  ]);
}

function stateText({ state }: QuarantinedFile): string {
  const words = {
    there: '',
    gone: ' (gone since)',
    link: ' (a symbolic link lies in its place: not touched)',
    shared: ' (it has a second name somewhere: not kept apart)',
    'no-file': ' (no ordinary file)',
    closed: ' (only root may look at it)',
  } as const;
  return words[state];
}

export function fileText(file: Inspected, signs: readonly string[]): string {
  return lines([
    `${file.id}  ${file.signature === null ? 'nobody wrote down why' : shown(file.signature)}${stateText(file)}`,
    row('was', file.original ?? 'unknown'),
    row(
      'now',
      `${file.file} (${file.product}${file.tried ? '' : ': its way of keeping files by its own sources, not tried'})`,
    ),
    ...(file.at === null ? [] : [row('since', file.at)]),
    ...(file.size === null ? [] : [row('size', `${file.size} ${file.size === 1 ? 'byte' : 'bytes'}`)]),
    ...(file.sha256 === null ? [] : [row('SHA-256', file.sha256)]),
    ...(file.unread === null ? [] : [row('not read', file.unread)]),
    ...(file.package === null ? [] : [row('package', packageText(file.package))]),
    ...signs.map((sign, index) => row(index === 0 ? 'known' : '', sign)),
  ]);
}

function packageText({ name, unchanged }: NonNullable<Inspected['package']>): string {
  if (unchanged === null) return `${name}, which keeps no checksum of it`;
  return `${name}, ${unchanged ? 'unchanged' : 'and it is not what the package brought'}`;
}

export interface JudgedFile {
  readonly file: Inspected;
  readonly signs: readonly string[];
  readonly opinions: readonly Opinion[];
  readonly verdict: 'harmful' | 'clean' | 'untold';
}

export function scanText({ file, signs, opinions, verdict }: JudgedFile, restore: string): string {
  const said = opinions.map(opinionText);
  const end = {
    harmful: 'A scanner still finds something in it: leave it where it is.',
    clean: `No scanner that was asked finds anything any more: the block may have been a mistake. To put it back: ${restore}`,
    untold: 'No second opinion speaks for the file. Leave it where it is.',
  }[verdict];
  return `${fileText(file, signs)}\n${lines([...said, '', end])}`;
}

/** One scanner's word, in a line. */
export function opinionText({ scanner, says, words, knows }: Opinion): string {
  const what = {
    found: `finds ${words}`,
    clean: 'finds nothing',
    divided: `is divided: ${words}`,
    'no-answer': `has no answer: ${words}`,
  }[says];
  return row(scanner, `${what}${knows === null ? '' : ` (${knows})`}`);
}

function row(name: string, value: string): string {
  return `  ${name.padEnd(9)} ${shown(value)}`;
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
