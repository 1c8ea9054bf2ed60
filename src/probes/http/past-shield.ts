import { familyOf } from '../../model/address.js';
import type { Context } from '../../model/gatherer.js';
import type { Account } from '../../model/system.js';
import type { Target } from '../../model/target.js';
import { endIn, rowsOf } from '../connect/local-end.js';
import { plain } from '../../model/socket-rows.js';
import { measureTls } from '../tls/measure-later.js';
import type { Endpoint } from '../tls/open-connection.js';
import { exchange } from './exchange.js';

/** Within the packets that one address may get. */
const mostBytes = 64 * 1024;
const longestMs = 4_000;

export interface Fetched {
  readonly bytes: Uint8Array;
  readonly status: number | null;
  readonly whole: boolean;
}

/**
 * The target's page by the account that a program between uses itself, which its own rules have to let pass. It is kept in
 * memory, is never shown or written, and nothing of it becomes a fact. Or why it could not be had.
 */
export async function fetchPast(
  account: Account,
  place: Endpoint,
  { host, port, path, transport }: Target,
  { system, signal, remaining, options }: Context,
): Promise<Fetched | string> {
  const timeoutMs = Math.max(1, Math.min(longestMs, remaining() / 3));
  const request = { ...place, timeoutMs, interface: options.interface, asAccount: account };
  const { stream, localAddress, localPort } = await system.sockets.dial(request, signal).done;
  if (!stream || localAddress === null || localPort === null) {
    stream?.destroy();
    return 'no connection could be opened past it';
  }
  const rows = await rowsOf(system, signal, timeoutMs);
  if (!rows || endIn(rows, { address: plain(localAddress), port: localPort })) {
    stream.destroy();
    return 'the connections of its own account are led to it as well';
  }
  const secure = transport === 'tls';
  const serverName = familyOf(host) === 0 ? host : null;
  const usual = { serverName, applicationProtocols: ['http/1.1'], versions: 'usual', timeoutMs } as const;
  const shaken = secure ? await measureTls(stream, place, host, usual, system, signal) : { stream, entry: {} };
  if (!shaken.stream || ('failure' in shaken.entry && shaken.entry.failure)) {
    shaken.stream?.destroy();
    return 'the certificate of the site itself does not hold';
  }
  const asked = { method: 'GET', secure, host, port, path, timeoutMs } as const;
  const { failure, cut, response, bodyBytes, bodyHead } = await exchange(
    shaken.stream,
    asked,
    system,
    signal,
    mostBytes,
  );
  if (!response) return 'the site itself gave no answer';
  return { bytes: bodyHead, status: response.status, whole: !failure && !cut && bodyBytes <= bodyHead.length };
}
