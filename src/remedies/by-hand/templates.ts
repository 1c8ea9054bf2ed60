import type { Ailment } from '../../model/remedy.js';
import { macos } from './macos.js';
import type { ByHand } from './parts.js';
import { windows } from './windows.js';

export function byHand(platform: string, ailment: Ailment): ByHand | null {
  const templates = platform === 'darwin' ? macos : platform === 'win32' ? windows : {};
  return templates[ailment.verdict.cause]?.(ailment) ?? null;
}
