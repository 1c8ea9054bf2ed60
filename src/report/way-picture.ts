import { clean, columns } from './clean.js';
import { element, type Markup } from './markup.js';
import type { Way } from './way.js';

const letter = 8.2;
const box = { padding: 14, height: 44, gap: 64, top: 26, longest: 30 };

/** The way as a picture: a box for each place, a line between them, a cross where it breaks. Its text says the same. */
export function wayPicture(way: Way, works: boolean): Markup {
  const places = way.places.map(({ label }) => shorten(clean(label, 80)));
  const widths = places.map((label) => Math.max(60, columns(label) * letter + 2 * box.padding));
  const starts = widths.map((_, index) => 4 + widths.slice(0, index).reduce((sum, width) => sum + width + box.gap, 0));
  const total = (starts.at(-1) ?? 0) + (widths.at(-1) ?? 0) + 4;
  const height = box.height + 2 * box.top;
  const middle = box.top + box.height / 2;
  const broken = works ? -1 : way.brokenAt;
  const shapes = places.flatMap((label, index): Markup[] => {
    const x = starts[index] ?? 0;
    const width = widths[index] ?? 0;
    const state = broken >= 0 && index >= broken ? 'beyond' : 'reached';
    const before = index === 0 ? [] : link(x - box.gap, middle, index === broken, state, way.sure);
    return [
      ...before,
      element(
        'rect',
        { class: state, x: fixed(x), y: fixed(box.top), width: fixed(width), height: fixed(box.height), rx: '8' },
        [],
      ),
      element('text', { x: fixed(x + width / 2), y: fixed(middle + 5), 'text-anchor': 'middle' }, [label]),
    ];
  });
  return element('div', { class: 'wide way', tabindex: '0', role: 'region', 'aria-label': 'The way' }, [
    element(
      'svg',
      {
        role: 'img',
        'aria-label': said(places, broken, way.sure),
        viewBox: `0 0 ${fixed(total)} ${height}`,
        width: fixed(total),
        height: String(height),
      },
      shapes,
    ),
  ]);
}

function link(x: number, y: number, breaks: boolean, state: string, sure: boolean): Markup[] {
  const line = element(
    'line',
    { class: state, x1: fixed(x + 4), y1: fixed(y), x2: fixed(x + box.gap - 4), y2: fixed(y) },
    [],
  );
  if (!breaks) return [line];
  const center = x + box.gap / 2;
  const mark = element(
    'text',
    { class: sure ? 'cross' : 'question', x: fixed(center), y: fixed(y + 9), 'text-anchor': 'middle' },
    [sure ? '✗' : '?'],
  );
  return [line, element('circle', { class: 'break', cx: fixed(center), cy: fixed(y), r: '15' }, []), mark];
}

function said(places: readonly string[], broken: number, sure: boolean): string {
  const way = places.join(', then ');
  if (broken < 0) return `The way: ${way}. It holds to the end.`;
  const place = places[broken] ?? places.at(-1) ?? '';
  return `The way: ${way}. It breaks before ${place}${sure ? '' : ', as far as can be told'}.`;
}

function shorten(label: string): string {
  return columns(label) <= box.longest ? label : `${[...label].slice(0, box.longest - 1).join('')}…`;
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
