import type { AnyGatherer } from '../model/gatherer.js';
import { deviceInterfaces } from '../inspectors/interfaces/interfaces.js';
import { deviceListeners } from '../inspectors/listeners/listeners.js';
import { deviceNeighbours } from '../inspectors/neighbours/neighbours.js';
import { deviceRoutes } from '../inspectors/routes/routes.js';
import { egress } from '../probes/connect/egress.js';
import { portControls } from '../probes/connect/port-controls.js';
import { resetDistance } from '../probes/connect/reset-distance.js';
import { kernelTrace } from '../probes/kernel/kernel-trace.js';
import { hostsFile } from '../probes/names/hosts-file.js';

/** Of the pulled gatherers those that nearly every failed connection asks for: loaded before the many others. */
export const earlyGatherers: readonly AnyGatherer[] = [
  hostsFile,
  deviceInterfaces,
  deviceRoutes,
  deviceNeighbours,
  deviceListeners,
  egress,
  portControls,
  resetDistance,
  kernelTrace,
];
