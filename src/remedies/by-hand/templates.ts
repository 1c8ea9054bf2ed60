import type { Ailment } from '../../model/remedy.js';
import { macos } from './macos.js';
import type { ByHand } from './parts.js';
import { windows } from './windows.js';

const ofLinux = 'what it changes is there on Linux alone';
const itsOwn = 'each product has windows of its own for that: the advice says where';

/** Causes that something is done about on Linux, and for which no command is shown elsewhere; and why. */
export const withoutTemplate: Readonly<Record<string, string>> = {
  'antivirus-blocks-app': itsOwn,
  'antivirus-blocks-url': itsOwn,
  'antivirus-intercepts-tls': itsOwn,
  'antivirus-quarantined-app': itsOwn,
  'app-policy': itsOwn,
  'browser-policy': 'policies come from whoever runs the computer, by a profile or the registry',
  'client-banned': ofLinux,
  'conntrack-table-full': ofLinux,
  'nothing-listening': 'how a service is started there is not known',
  'security-software-conflict': itsOwn,
  'server-overloaded': ofLinux,
  'too-many-open-files': ofLinux,
  'vpn-blocks': itsOwn,
};

export function byHand(platform: string, ailment: Ailment): ByHand | null {
  const templates = platform === 'darwin' ? macos : platform === 'win32' ? windows : {};
  return templates[ailment.verdict.cause]?.(ailment) ?? null;
}
