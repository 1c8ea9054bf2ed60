import { clean } from '../report/clean.js';
import { realFiles } from '../system/files.js';
import { WrongWords } from './wrong-words.js';

const mostBytes = 64 * 1024 * 1024;

/** The text of a file, or of standard input for `-`. Bounded; throws WrongWords. */
export async function readInput(path: string): Promise<string> {
  if (path === '-') return readStandardInput();
  const file = await realFiles.read(path, mostBytes);
  const name = clean(path, 100);
  if (!file.ok)
    throw new WrongWords(
      `${name}: ${file.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${file.code})`}`,
    );
  if (file.truncated) throw new WrongWords(`${name}: is longer than 64 MiB`);
  return Buffer.from(file.bytes).toString('utf8');
}

export async function readStandardInput(): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of process.stdin) {
    const buffer = Buffer.from(piece);
    bytes += buffer.length;
    if (bytes > mostBytes) throw new WrongWords('standard input is longer than 64 MiB');
    pieces.push(buffer);
  }
  return Buffer.concat(pieces).toString('utf8');
}
