import { createInterface } from 'node:readline';

/** Whether somebody can be asked: both what is typed and what is asked are a terminal's. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks on the terminal; anything but yes is no, and so are the end of the input and `signal`. */
export function askYes(question: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    const end = (answer: boolean): void => {
      resolve(answer);
      lines.close();
    };
    lines.once('close', () => resolve(false));
    if (signal.aborted) return end(false);
    signal.addEventListener('abort', () => end(false), { once: true });
    lines.question(`${question} [y/N] `, (answer) => end(/^y(?:es)?$/i.test(answer.trim())));
  });
}
