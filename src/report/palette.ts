import { styleText } from 'node:util';
import type { Catalogues } from '../messages/index.ts';
import type { SeverityLevel } from '../model/index.ts';

type Format = Parameters<typeof styleText>[0];
type Paint = (text: string) => string;

const SEVERITY: Record<SeverityLevel, Format> = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  negligible: 'gray',
  unknown: 'magenta',
};

/** How to colour; every function returns its text as it is where there is no colour. */
export function palette(colour: boolean): {
  severity(level: SeverityLevel): Paint;
  bold: Paint;
  dim: Paint;
  warn: Paint;
  good: Paint;
  bad: Paint;
} {
  const paint =
    (format: Format): Paint =>
    (text) =>
      colour ? styleText(format, text, { validateStream: false }) : text;
  return {
    severity: (level) => paint(SEVERITY[level]),
    bold: paint('bold'),
    dim: paint('gray'),
    warn: paint('yellow'),
    good: paint('green'),
    bad: paint(['bold', 'red']),
  };
}

/** What the parts of the table need to know of how it is shown. */
export interface Painting {
  readonly words: Catalogues;
  readonly colours: ReturnType<typeof palette>;
  readonly width: number | undefined;
}
