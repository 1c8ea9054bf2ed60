import type { Said } from '../../inspectors/quarantine/scan.js';
import type { Operation } from '../../model/operation.js';
import type { Inspected } from '../../model/quarantine.js';

/** Or why it cannot be put back by this program. */
export function puttingBack(file: Inspected, said: Said): Operation[] | string {
  const { original, owner, modified, sha256, size, product } = file;
  if (sha256 === null || size === null) return file.unread ?? 'it could not be read';
  if (original === null) return 'nobody wrote down where it was';
  if (/[\n\0]/.test(original) || /[\n\0]/.test(file.file))
    return 'its name holds a line feed: it has to be moved by hand';
  if (owner === null || modified === null) return 'nobody wrote down its owner and its rights';
  const back: Operation = {
    kind: 'restore-file',
    from: file.file,
    to: original,
    sha256,
    ...owner,
    modified: Math.max(0, Math.floor(Date.parse(modified) / 1000)),
  };
  return said === 'clean' || product !== 'ClamAV' ? [back] : [{ kind: 'clamav-allow', sha256, size }, back];
}
