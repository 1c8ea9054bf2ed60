export { byHand } from '../remedies/by-hand/templates.js';
