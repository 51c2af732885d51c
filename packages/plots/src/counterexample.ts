import { drawX, scaleOf, withZero } from './axes.ts';
import type { Figure, FigureOptions } from './figure.ts';
import { written } from './numbers.ts';
import { type AnyRecord, isRecord } from './run-shape.ts';
import { Sheet } from './sheet.ts';
import { textWidth, wrapped } from './text-width.ts';

/**
 * A law that was found broken, as `mechane verify --json` tells it.
 *
 * @category Claims
 */
export interface BrokenLaw {
  readonly law: string;
  readonly verdict: string;
  /** What happens, in a sentence. */
  readonly reason?: string;
  readonly counterexample?: {
    readonly types?: AnyRecord;
    readonly agent?: string;
    readonly report?: unknown;
    readonly deviation?: AnyRecord;
    readonly truthful?: { readonly utility?: number; readonly outcome?: object };
    readonly deviating?: { readonly utility?: number; readonly outcome?: object };
  };
}

const line = 18;

/**
 * A counterexample of the kit: who is worth what, what truth gets, and what the lie gets.
 *
 * @category Claims
 */
export function counterexample(
  { law, reason = '', counterexample: found = {} }: BrokenLaw,
  options: FigureOptions = {},
): Figure {
  const { types = {}, agent, truthful, deviating } = found;
  const gains = gainOf(truthful?.utility, deviating?.utility);
  const title =
    agent !== undefined && gains !== undefined
      ? `${agent} gains ${written(gains)} by a lie: ${law} is broken`
      : `${law} is broken`;
  const sheet = new Sheet(
    title,
    'Above: what each is worth and says. Below: what truth gets and what the lie gets, in units of utility',
    options.width,
  );
  let y = sheet.top + 12;
  const names = Math.min(
    sheet.width / 3,
    16 + Math.max(40, ...Object.keys(types).map((name) => textWidth(name, 12, true))),
  );
  const lies: AnyRecord = {
    ...found.deviation,
    ...(agent !== undefined && found.report !== undefined ? { [agent]: found.report } : {}),
  };
  for (const [name, type] of Object.entries({
    ...types,
    ...Object.fromEntries(
      Object.keys(lies)
        .filter((each) => !(each in types))
        .map((each) => [each, undefined]),
    ),
  })) {
    const lies_ = name in lies;
    sheet.text([0, y + 4], name, { bold: lies_ }, names - 8);
    const half = (sheet.width - names) / 2;
    sheet.text([names, y + 4], type === undefined ? 'does not exist' : `true: ${inWords(type)}`, {}, half - 8);
    sheet.text(
      [names + half, y + 4],
      lies_ ? `says: ${lies[name] === null ? 'nothing' : inWords(lies[name])}` : 'says the same',
      { fill: lies_ ? 'bad' : 'faint', bold: lies_ },
      half,
    );
    y += line;
    sheet.line(
      [
        [0, y - 8],
        [sheet.width, y - 8],
      ],
      { stroke: 'grid' },
    );
  }
  const end = drawUtilities(sheet, truthful?.utility, deviating?.utility, y + 16);
  const sentences = wrapped(reason, sheet.width, 12);
  sentences.forEach((sentence, place) => {
    sheet.text([0, end + 12 + place * 16], sentence, { fill: 'faint' });
  });
  return sheet.figure(end + sentences.length * 16 + 8, reason === '' ? title : reason, {
    columns: ['agent', 'type', 'report'],
    rows: Object.entries(types).map(([name, type]) => [
      name,
      JSON.stringify(type),
      JSON.stringify(name in lies ? lies[name] : type),
    ]),
  });
}

function drawUtilities(sheet: Sheet, truth: number | undefined, lie: number | undefined, top: number): number {
  if (truth === undefined || lie === undefined) return top;
  const left = 64;
  const scale = scaleOf(withZero([truth, lie]), [left, sheet.width - 60]);
  const bottom = top + 64;
  const end = drawX(sheet, scale, bottom, top, 'units of utility');
  const bars = [
    ['truth', truth, 'soft', 'faint'],
    ['lie', lie, 'bad', 'bad'],
  ] as const;
  bars.forEach(([name, value, fill, stroke], row) => {
    const y = top + 4 + row * 30;
    const [from, to] = [scale.at(0), scale.at(value)].sort((a, b) => a - b) as [number, number];
    sheet.text([0, y + 16], name, { bold: name === 'lie' });
    sheet.rect([from, y + 2], Math.max(1.5, to - from), 20, {
      fill,
      stroke,
      round: 2,
      label: `${name}: ${written(value)}`,
    });
    sheet.text([to + 6, y + 16], written(value), { bold: name === 'lie' });
  });
  return end;
}

function gainOf(truth: number | undefined, lie: number | undefined): number | undefined {
  return truth === undefined || lie === undefined || lie <= truth ? undefined : lie - truth;
}

/** A type or report in a few words: its fields and what they are. */
function inWords(value: unknown): string {
  if (!isRecord(value)) return JSON.stringify(value);
  return Object.entries(value)
    .map(
      ([name, each]) =>
        `${name} ${typeof each === 'number' ? written(each) : typeof each === 'string' ? each : JSON.stringify(each)}`,
    )
    .join(', ');
}
