import { createReadStream } from 'node:fs';
import { clean } from '../report/clean.js';
import { WrongWords } from './wrong-words.js';

const mostBytes = 64 * 1024 * 1024;

/** The bytes of a file that was named, or of standard input for `-`, as they come. Throws WrongWords when it cannot be read. */
export async function* readPieces(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const piece of path === '-' ? process.stdin : createReadStream(path)) yield Buffer.from(piece);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new WrongWords(
      `${clean(path, 100)}: ${code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`}`,
    );
  }
}

/** The whole text of a file, bounded. Throws WrongWords. */
export async function readInput(path: string): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of readPieces(path)) {
    bytes += piece.length;
    if (bytes > mostBytes)
      throw new WrongWords(`${path === '-' ? 'standard input' : clean(path, 100)} is longer than 64 MiB`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
