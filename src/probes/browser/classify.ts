import type { Failure, FailureCode } from '../../model/failure.js';

/** Chromium's network errors (net/base/net_error_list.h) by their beginnings, the special ones first. */
const codes: readonly (readonly [RegExp, FailureCode<'browser'>])[] = [
  [/^ERR_BLOCKED_BY_CLIENT$/, 'blocked-by-client'],
  [/^ERR_BLOCKED_(?:BY_ADMINISTRATOR|ENROLLMENT)/, 'blocked-by-administrator'],
  [/^ERR_(?:PROXY|TUNNEL|SOCKS|PAC|MANDATORY_PROXY)/, 'proxy'],
  [/^ERR_(?:NAME|DNS|ICANN)_/, 'name'],
  [/^ERR_(?:CERT|SSL|BAD_SSL)/, 'certificate'],
  [/^ERR_(?:CONNECTION|ADDRESS|NETWORK|INTERNET|TIMED_OUT|EMPTY_RESPONSE|HTTP2|QUIC)/, 'connection'],
];

export function browserFailure(error: string): Failure<'browser'> {
  const raw = error.slice(0, 100);
  const name = raw.replace(/^net::/, '');
  return { operation: 'browser', code: codes.find(([beginning]) => beginning.test(name))?.[1] ?? 'failed', raw };
}
