// Written by `npm run hunt -- --write-confidence`: do not edit.

/** How often verdicts were right in random worlds of the lab, by how sure they were and by what had failed. */
export interface MeasuredRow {
  readonly certainty: 'possible' | 'likely' | 'confirmed' | 'proven';
  /** `operation/code`, or `none` where nothing failed. */
  readonly symptom: string;
  readonly cases: number;
  readonly right: number;
}

interface Measured {
  readonly cases: number;
  /** Of `npm run hunt`: what anybody can run again. */
  readonly seeds: readonly number[];
  readonly rows: readonly MeasuredRow[];
}

export const measured: Measured = {
  cases: 375,
  seeds: [4, 5, 11],
  rows: [
    { certainty: 'proven', symptom: 'connect/host-unreachable', cases: 5, right: 5 },
    { certainty: 'proven', symptom: 'connect/invalid-route', cases: 1, right: 1 },
    { certainty: 'proven', symptom: 'connect/network-unreachable', cases: 5, right: 5 },
    { certainty: 'proven', symptom: 'connect/prohibited', cases: 8, right: 8 },
    { certainty: 'proven', symptom: 'connect/refused', cases: 5, right: 5 },
    { certainty: 'proven', symptom: 'connect/timed-out', cases: 12, right: 12 },
    { certainty: 'proven', symptom: 'exchange/host-unreachable', cases: 2, right: 2 },
    { certainty: 'proven', symptom: 'exchange/network-unreachable', cases: 5, right: 5 },
    { certainty: 'proven', symptom: 'exchange/no-data', cases: 3, right: 3 },
    { certainty: 'proven', symptom: 'exchange/not-permitted', cases: 3, right: 3 },
    { certainty: 'proven', symptom: 'exchange/nxdomain', cases: 8, right: 8 },
    { certainty: 'proven', symptom: 'exchange/timed-out', cases: 3, right: 3 },
    { certainty: 'proven', symptom: 'http/reset', cases: 1, right: 1 },
    { certainty: 'proven', symptom: 'none', cases: 23, right: 21 },
    { certainty: 'proven', symptom: 'proxy/not-a-proxy', cases: 1, right: 1 },
    { certainty: 'proven', symptom: 'resolve/useless-address', cases: 7, right: 6 },
    { certainty: 'proven', symptom: 'tls/client-certificate-required', cases: 2, right: 2 },
    { certainty: 'proven', symptom: 'tls/protocol-version', cases: 1, right: 1 },
    { certainty: 'proven', symptom: 'tls/timed-out', cases: 1, right: 1 },
    { certainty: 'proven', symptom: 'tls/untrusted-root', cases: 1, right: 1 },
    { certainty: 'confirmed', symptom: 'connect/host-unreachable', cases: 6, right: 6 },
    { certainty: 'confirmed', symptom: 'connect/network-unreachable', cases: 21, right: 21 },
    { certainty: 'confirmed', symptom: 'connect/prohibited', cases: 1, right: 1 },
    { certainty: 'confirmed', symptom: 'none', cases: 2, right: 2 },
    { certainty: 'confirmed', symptom: 'proxy/authentication', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'connect/host-unreachable', cases: 26, right: 25 },
    { certainty: 'likely', symptom: 'connect/network-unreachable', cases: 5, right: 5 },
    { certainty: 'likely', symptom: 'connect/prohibited', cases: 2, right: 2 },
    { certainty: 'likely', symptom: 'connect/refused', cases: 43, right: 42 },
    { certainty: 'likely', symptom: 'connect/reset', cases: 3, right: 3 },
    { certainty: 'likely', symptom: 'connect/timed-out', cases: 17, right: 15 },
    { certainty: 'likely', symptom: 'exchange/declined', cases: 5, right: 5 },
    { certainty: 'likely', symptom: 'exchange/host-unreachable', cases: 3, right: 3 },
    { certainty: 'likely', symptom: 'exchange/mismatched', cases: 2, right: 2 },
    { certainty: 'likely', symptom: 'exchange/network-unreachable', cases: 2, right: 1 },
    { certainty: 'likely', symptom: 'exchange/not-permitted', cases: 3, right: 3 },
    { certainty: 'likely', symptom: 'exchange/nxdomain', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'exchange/refused', cases: 4, right: 4 },
    { certainty: 'likely', symptom: 'exchange/timed-out', cases: 12, right: 11 },
    { certainty: 'likely', symptom: 'http/closed', cases: 2, right: 2 },
    { certainty: 'likely', symptom: 'http/forbidden', cases: 2, right: 2 },
    { certainty: 'likely', symptom: 'http/gateway-timeout', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'http/redirect-loop', cases: 3, right: 3 },
    { certainty: 'likely', symptom: 'http/reset', cases: 6, right: 4 },
    { certainty: 'likely', symptom: 'http/timed-out', cases: 6, right: 5 },
    { certainty: 'likely', symptom: 'http/unavailable', cases: 2, right: 2 },
    { certainty: 'likely', symptom: 'none', cases: 9, right: 5 },
    { certainty: 'likely', symptom: 'resolve/temporary-failure', cases: 1, right: 0 },
    { certainty: 'likely', symptom: 'resolve/timed-out', cases: 2, right: 2 },
    { certainty: 'likely', symptom: 'service/closed', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'service/reset', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'tls/chain-incomplete', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'tls/closed', cases: 3, right: 3 },
    { certainty: 'likely', symptom: 'tls/expired', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'tls/name-mismatch', cases: 2, right: 2 },
    { certainty: 'likely', symptom: 'tls/not-tls', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'tls/reset', cases: 2, right: 2 },
    { certainty: 'likely', symptom: 'tls/self-signed', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'tls/timed-out', cases: 3, right: 3 },
    { certainty: 'likely', symptom: 'tls/untrusted-root', cases: 4, right: 4 },
  ],
};
