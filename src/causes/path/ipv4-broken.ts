import { familyBroken } from './family-broken.js';

export const cause = familyBroken(4);
