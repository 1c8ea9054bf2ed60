import { styleText } from 'node:util';

export type Style = 'good' | 'bad' | 'doubt' | 'quiet' | 'heading';

const styles = {
  good: ['bold', 'green'],
  bad: ['bold', 'red'],
  doubt: ['bold', 'yellow'],
  quiet: ['dim'],
  heading: ['bold'],
} as const;

/** Colour only repeats what marks and words say already. */
export function paint(text: string, style: Style | undefined, color: boolean): string {
  return color && style !== undefined && text !== ''
    ? styleText([...styles[style]], text, { validateStream: false })
    : text;
}
