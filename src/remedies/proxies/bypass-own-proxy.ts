import { bypassIn } from './bypass-proxy.js';

/** Only this host is reached without the proxy: an entry of no_proxy in the user's own file. */
export const remedy = bypassIn('home');
