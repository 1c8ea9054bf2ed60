import { unsetIn } from './unset-proxy.js';

/** The lines of the user's own files that set the dead proxy are switched off, by that user. */
export const remedy = unsetIn('home');
