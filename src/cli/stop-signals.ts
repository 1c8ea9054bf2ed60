import { exitCodes } from './exit-codes.js';

export interface Stop {
  readonly signal: AbortSignal;
  /** The exit code of whoever was stopped, or null when nobody stopped it. */
  code(): number | null;
  /** Takes the handlers away again. */
  forget(): void;
}

/** Ctrl-C and SIGTERM end a diagnosis in order, so that nothing stays behind; a second one ends it at once. */
export function stopSignals(): Stop {
  const controller = new AbortController();
  let code: number | null = null;
  const handler = (signal: NodeJS.Signals): void => {
    if (code !== null) process.exit(code);
    code = signal === 'SIGINT' ? exitCodes.interrupted : signal === 'SIGTERM' ? exitCodes.terminated : 129;
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, handler);
  return {
    signal: controller.signal,
    code: () => code,
    forget: () => {
      for (const signal of signals) process.off(signal, handler);
    },
  };
}
