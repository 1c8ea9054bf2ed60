import { correctIn } from './correct-proxy.js';

/** The same proxy as it answers, in the user's own files. */
export const remedy = correctIn('home');
