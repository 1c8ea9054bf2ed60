import { diagnoseFromPlace, type PlaceRequest } from '../engine/from-place.js';
import { renderJson } from '../report/json.js';
import { exitCodes } from './exit-codes.js';
import { readInput } from './input.js';
import { print, warn } from './output.js';
import { stopSignals } from './stop-signals.js';

/** The other end of `as-program`: a request by standard input, one report on stdout. */
export async function probeFromPlace(): Promise<number> {
  const request = JSON.parse(await readInput('-')) as PlaceRequest;
  const stop = stopSignals();
  const report = await diagnoseFromPlace(request, stop.signal);
  if (typeof report === 'string') {
    warn(`the network of the program cannot be entered (${report})`);
    return exitCodes.ownFault;
  }
  await print(renderJson(report));
  return exitCodes.works;
}
