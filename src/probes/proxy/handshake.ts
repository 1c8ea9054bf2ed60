import type { ProxyTunnel } from '../../model/proxy-facts.js';

/** What a proxy said to the wish for a connection. Without a failure the connection leads to the target from now on. */
export type Handshake = Pick<ProxyTunnel, 'failure' | 'status' | 'headers' | 'bodyHead' | 'reply'>;
