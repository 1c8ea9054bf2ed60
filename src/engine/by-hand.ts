export { byHand, withoutTemplate } from '../remedies/by-hand/templates.js';
