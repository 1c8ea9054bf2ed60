// Written by scripts/generate.mjs from the files beside it: do not edit.
import type { Remedy } from '../model/remedy.js';
import { remedy as allowInFirewall } from './firewall/allow-in-firewall.js';

/** Every remedy that can be planned. */
export const remedies: readonly Remedy[] = [allowInFirewall];
