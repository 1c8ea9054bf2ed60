import { canonical } from '../model/address.js';
import type { Failure, FailureCode } from '../model/failure.js';
import type { LookupResult, System } from '../model/system.js';
import { timedOut } from './classify-connect.js';
import { whenAborted } from './when-aborted.js';

/** Node folds EAI_NONAME and EAI_NODATA into ENOTFOUND; EAI_SYSTEM shows as its errno. */
const codes: Readonly<Record<string, FailureCode<'resolve'>>> = {
  ENOTFOUND: 'not-found',
  EAI_NONAME: 'not-found',
  EAI_NODATA: 'not-found',
  EAI_ADDRFAMILY: 'not-found',
  EAI_AGAIN: 'temporary-failure',
};

/** A question that was asked before it is known who will want the answer. */
export interface Asked {
  readonly host: string;
  readonly family: 0 | 4 | 6;
  readonly answer: Promise<LookupResult>;
}

/**
 * getaddrinfo(3) as programs of this device call it, in its own order (RFC 6724, gai.conf). Without AI_ADDRCONFIG: a
 * family that this device lacks is a finding, and must not be hidden.
 */
export function askSystem(host: string, family: 0 | 4 | 6): Asked {
  const answer = new Promise<LookupResult>((resolve) => {
    try {
      process.getBuiltinModule('node:dns').lookup(host, { all: true, family, verbatim: true }, (error, found) => {
        if (error) return resolve({ addresses: [], failure: resolveFailure(error.code ?? error.message) });
        const addresses = [...new Set(found.map(({ address }) => canonical(address)))];
        resolve(addresses.length > 0 ? { addresses } : { addresses, failure: resolveFailure('ENOTFOUND') });
      });
    } catch (error) {
      // A name that Node itself refuses (it holds a NUL, say).
      const raw = error instanceof Error && 'code' in error ? String(error.code) : 'EAI_FAIL';
      resolve({ addresses: [], failure: resolveFailure(raw) });
    }
  });
  return { host, family, answer };
}

/**
 * Asks the system; `ahead` was asked already, and serves for the first time. getaddrinfo cannot be interrupted: after
 * `signal` it goes on in its thread, and its answer is dropped.
 */
export function systemLookup(ahead: Asked | null = null): System['lookup'] {
  let unused = ahead;
  return (host, family, signal) => {
    if (signal.aborted) return Promise.resolve(gaveUp());
    const fits = unused?.host === host && unused.family === family;
    const { answer } = fits && unused ? unused : askSystem(host, family);
    if (fits) unused = null;
    return new Promise((resolve) => {
      const unwatch = whenAborted(signal, () => resolve(gaveUp()));
      void answer.then((result) => {
        unwatch();
        resolve(result);
      });
    });
  };
}

function gaveUp(): LookupResult {
  return { addresses: [], failure: timedOut('resolve', 'aborted') };
}

export function resolveFailure(raw: string): Failure<'resolve'> {
  return { operation: 'resolve', code: codes[raw] ?? 'failed', raw };
}
