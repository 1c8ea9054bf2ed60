// The figures for people.
import type { Figure, SituationFigures } from './figures.js';

export const milliseconds = (ms: number): string =>
  ms < 1000 ? `${ms.toFixed(ms < 100 ? 1 : 0)} ms` : `${(ms / 1000).toFixed(2)} s`;
export const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;
const met = (held: boolean): string => (held ? 'met' : 'MISSED');

function line(figure: Figure, own: boolean): string {
  const range = `${milliseconds(figure.leastMs)} – ${milliseconds(figure.mostMs)}`;
  const ratio = own ? '' : `× ${String(figure.timesSlower)}`;
  const memory = figure.memoryBytes === null ? '' : mebibytes(figure.memoryBytes);
  const remarks = [
    ...(figure.missing.length > 0 ? [`without ${figure.missing.join(', ')}, which this machine lacks`] : []),
    ...(figure.cut ? ['cut off after 30 s'] : []),
  ].join('; ');
  const columns = [
    figure.name.padEnd(28),
    milliseconds(figure.medianMs).padStart(9),
    range.padStart(20),
    String(figure.runs).padStart(4),
    ratio.padStart(9),
    memory.padStart(7),
    remarks,
  ];
  return `  ${columns.join(' ')}`.trimEnd();
}

export function tableOf(one: SituationFigures): string {
  const own = one.figures[0];
  const memory = own?.memoryBytes ?? null;
  return [
    `${one.title}, as ${one.as === 'root' ? 'root' : 'a user'}: ${one.cause}${one.certainty === '' ? '' : `, ${one.certainty}`}${one.rightAnswer ? '' : '  ← WRONG ANSWER'}`,
    `  ${['', 'median', 'least – most', 'runs', 'ratio', 'memory'].map((word, at) => (at === 0 ? word.padEnd(28) : word.padStart([0, 9, 20, 4, 9, 7][at] ?? 0))).join(' ')}`,
    ...one.figures.map((figure, at) => line(figure, at === 0)),
    `  aims: ${milliseconds(one.aimMs)}: ${met(one.aimMet)}; ${mebibytes(one.memoryAimBytes)}: ${memory === null ? 'not measured' : met(one.memoryAimMet)}`,
    '',
  ].join('\n');
}
