import { canonical } from '../model/address.js';
import type { Failure, FailureCode } from '../model/failure.js';
import type { LookupResult } from '../model/system.js';
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

/**
 * getaddrinfo(3) as programs of this device call it, in its own order (RFC 6724, gai.conf). Without AI_ADDRCONFIG: a
 * family that this device lacks is a finding, and must not be hidden.
 * getaddrinfo cannot be interrupted: after `signal` it goes on in its thread, and its answer is dropped.
 */
export function systemLookup(host: string, family: 0 | 4 | 6, signal: AbortSignal): Promise<LookupResult> {
  return new Promise((resolve) => {
    const onAbort = (): void => resolve({ addresses: [], failure: timedOut('resolve', 'aborted') });
    if (signal.aborted) return onAbort();
    const unwatch = whenAborted(signal, onAbort);
    const finish = (result: LookupResult): void => {
      unwatch();
      resolve(result);
    };
    try {
      process.getBuiltinModule('node:dns').lookup(host, { all: true, family, verbatim: true }, (error, found) => {
        if (error) return finish({ addresses: [], failure: resolveFailure(error.code ?? error.message) });
        const addresses = [...new Set(found.map(({ address }) => canonical(address)))];
        finish(addresses.length > 0 ? { addresses } : { addresses, failure: resolveFailure('ENOTFOUND') });
      });
    } catch (error) {
      // A name that Node itself refuses (it holds a NUL, say).
      finish({
        addresses: [],
        failure: resolveFailure(error instanceof Error && 'code' in error ? String(error.code) : 'EAI_FAIL'),
      });
    }
  });
}

export function resolveFailure(raw: string): Failure<'resolve'> {
  return { operation: 'resolve', code: codes[raw] ?? 'failed', raw };
}
