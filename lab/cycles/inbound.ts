// A port of the device that the server asks for.
import { run } from '../world/process.js';
import { ADDRESS } from '../world/topology.js';
import type { Device } from './device.js';

export const inboundWords = (port: number): string[] => [
  'fix',
  'inbound',
  String(port),
  '--from',
  ADDRESS.server,
  '--yes',
  '--json',
  '--no-references', // prettier-ignore
];

/** A small web server on every address of the device. */
export async function listenOn(device: Device, port: number): Promise<void> {
  device.start('python3', ['-m', 'http.server', String(port), '--directory', '/run']);
  for (let i = 0; i < 100; i++) {
    const { stdout } = await device.run(['ss', '-Hltn', `sport = :${port}`]);
    if (stdout.trim() !== '') return;
    await device.must('sleep 0.05');
  }
  throw new Error('the web server does not listen');
}

export async function serverReaches({ world }: Device, port: number): Promise<boolean> {
  const words = ['-s', '-o', '/dev/null', '-m', '5', `http://${ADDRESS.device}:${port}/`];
  return (await run(...world.inside('server', 'curl', ...words))).code === 0;
}
