import { isTerminal } from '../system/terminal.js';

/** Tells on the terminal how long it still lasts, each second; elsewhere once. Ends with the signal. */
export function countDown(what: string, seconds: number, signal: AbortSignal): void {
  const end = performance.now() + seconds * 1000;
  const left = (): number => Math.max(0, Math.ceil((end - performance.now()) / 1000));
  if (!isTerminal(2)) {
    process.stderr.write(`${what}: it comes back by itself within ${seconds} s\n`);
    return;
  }
  const tell = (): void => void process.stderr.write(`\r${what}: it comes back by itself in ${left()} s \u001B[K`);
  tell();
  const timer = setInterval(tell, 1000);
  timer.unref();
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(timer);
      process.stderr.write('\r\u001B[K');
    },
    { once: true },
  );
}
