// Programs of the kernel on an interface of the device: they see what comes in before any rule does.
import { labProgram } from './places.js';
import type { DaemonStep } from './steps.js';

export function interfaceProgram(kind: 'tcx' | 'xdp', name: string, port: number): DaemonStep {
  return {
    do: 'daemon',
    on: 'device',
    line: ['python3', labProgram('interface_program.py'), kind, 'eth0', name, String(port)],
    ready: { says: 'attached' },
  };
}
