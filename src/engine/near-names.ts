import { meantNames } from '../causes/target/meant-names.js';
import { meantNamesGatherer } from '../probes/names/meant-names.js';

/** Probes know nothing of names that people mistype: the two meet here. */
export const nearNames = meantNamesGatherer(meantNames);
