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
  cases: 519,
  seeds: [34, 35],
  rows: [
    { certainty: 'proven', symptom: 'connect/host-unreachable', cases: 9, right: 9 },
    { certainty: 'proven', symptom: 'connect/invalid-route', cases: 4, right: 4 },
    { certainty: 'proven', symptom: 'connect/network-unreachable', cases: 8, right: 8 },
    { certainty: 'proven', symptom: 'connect/prohibited', cases: 4, right: 4 },
    { certainty: 'proven', symptom: 'connect/refused', cases: 10, right: 10 },
    { certainty: 'proven', symptom: 'connect/timed-out', cases: 11, right: 11 },
    { certainty: 'proven', symptom: 'exchange/host-unreachable', cases: 1, right: 1 },
    { certainty: 'proven', symptom: 'exchange/network-unreachable', cases: 8, right: 8 },
    { certainty: 'proven', symptom: 'exchange/no-data', cases: 3, right: 3 },
    { certainty: 'proven', symptom: 'exchange/not-permitted', cases: 2, right: 2 },
    { certainty: 'proven', symptom: 'exchange/nxdomain', cases: 5, right: 5 },
    { certainty: 'proven', symptom: 'exchange/refused', cases: 1, right: 1 },
    { certainty: 'proven', symptom: 'exchange/timed-out', cases: 6, right: 6 },
    { certainty: 'proven', symptom: 'http/timed-out', cases: 1, right: 1 },
    { certainty: 'proven', symptom: 'none', cases: 46, right: 46 },
    { certainty: 'proven', symptom: 'proxy/not-a-proxy', cases: 1, right: 1 },
    { certainty: 'proven', symptom: 'resolve/useless-address', cases: 6, right: 6 },
    { certainty: 'proven', symptom: 'tls/client-certificate-required', cases: 5, right: 5 },
    { certainty: 'proven', symptom: 'tls/not-tls', cases: 5, right: 5 },
    { certainty: 'proven', symptom: 'tls/reset', cases: 3, right: 3 },
    { certainty: 'proven', symptom: 'tls/timed-out', cases: 2, right: 2 },
    { certainty: 'proven', symptom: 'tls/untrusted-root', cases: 1, right: 1 },
    { certainty: 'confirmed', symptom: 'connect/host-unreachable', cases: 6, right: 6 },
    { certainty: 'confirmed', symptom: 'connect/network-unreachable', cases: 16, right: 16 },
    { certainty: 'confirmed', symptom: 'connect/prohibited', cases: 2, right: 2 },
    { certainty: 'confirmed', symptom: 'connect/refused', cases: 1, right: 1 },
    { certainty: 'confirmed', symptom: 'exchange/server-failure', cases: 8, right: 8 },
    { certainty: 'confirmed', symptom: 'proxy/refused', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'connect/host-unreachable', cases: 45, right: 42 },
    { certainty: 'likely', symptom: 'connect/network-unreachable', cases: 5, right: 5 },
    { certainty: 'likely', symptom: 'connect/refused', cases: 54, right: 54 },
    { certainty: 'likely', symptom: 'connect/reset', cases: 3, right: 3 },
    { certainty: 'likely', symptom: 'connect/timed-out', cases: 31, right: 30 },
    { certainty: 'likely', symptom: 'exchange/declined', cases: 3, right: 3 },
    { certainty: 'likely', symptom: 'exchange/host-unreachable', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'exchange/malformed', cases: 4, right: 4 },
    { certainty: 'likely', symptom: 'exchange/mismatched', cases: 4, right: 4 },
    { certainty: 'likely', symptom: 'exchange/network-unreachable', cases: 4, right: 4 },
    { certainty: 'likely', symptom: 'exchange/nxdomain', cases: 3, right: 0 },
    { certainty: 'likely', symptom: 'exchange/refused', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'exchange/timed-out', cases: 35, right: 34 },
    { certainty: 'likely', symptom: 'http/bad-gateway', cases: 2, right: 2 },
    { certainty: 'likely', symptom: 'http/closed', cases: 4, right: 4 },
    { certainty: 'likely', symptom: 'http/gateway-timeout', cases: 2, right: 2 },
    { certainty: 'likely', symptom: 'http/legal-block', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'http/rate-limited', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'http/redirect-loop', cases: 4, right: 4 },
    { certainty: 'likely', symptom: 'http/server-error', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'http/timed-out', cases: 5, right: 5 },
    { certainty: 'likely', symptom: 'http/unavailable', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'none', cases: 10, right: 9 },
    { certainty: 'likely', symptom: 'proxy/timed-out', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'service/closed', cases: 2, right: 2 },
    { certainty: 'likely', symptom: 'service/reset', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'service/timed-out', cases: 4, right: 4 },
    { certainty: 'likely', symptom: 'tls/chain-incomplete', cases: 5, right: 5 },
    { certainty: 'likely', symptom: 'tls/closed', cases: 5, right: 5 },
    { certainty: 'likely', symptom: 'tls/name-mismatch', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'tls/not-yet-valid', cases: 1, right: 1 },
    { certainty: 'likely', symptom: 'tls/reset', cases: 5, right: 5 },
    { certainty: 'likely', symptom: 'tls/self-signed', cases: 3, right: 3 },
    { certainty: 'likely', symptom: 'tls/timed-out', cases: 10, right: 10 },
    { certainty: 'likely', symptom: 'tls/untrusted-root', cases: 3, right: 3 },
  ],
};
