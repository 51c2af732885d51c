import type { RunResult } from '@mechane/core';
import { type Bar, bars } from './small-pictures.ts';
import type { Style } from './style.ts';

type Numbers = Readonly<Record<string, number>>;

/** What agents are asked for, by the key of a report. */
const asked: Readonly<Record<string, string>> = {
  bid: 'what each bids, in units of money',
  value: 'what it is worth to each, in units of money',
  threshold: 'at which price each stops, in units of money',
  price: 'the price that each names, in units of money',
  budget: 'what each has to spend, in units of money',
};

/**
 * A run as bars: what each agent reported, where that is one number, else what each pays; and what each pays beside it. Nothing where neither is known.
 *
 * @param width of the terminal, in characters
 */
export function runPicture(scenario: unknown, { outcome }: RunResult, width: number, style: Style): string {
  const { payments, allocation } = outcome as { readonly payments?: unknown; readonly allocation?: unknown };
  const paid = numbersOf(payments);
  const reports = (scenario as { readonly reports?: unknown } | null)?.reports;
  const [told, title] = numberIn(reports) ?? [paid, 'what each pays, in units of money'];
  if (told === undefined) return '';
  const got = (agent: string): boolean => isSomething((allocation as Readonly<Record<string, unknown>>)?.[agent]);
  const rows = Object.entries(told).map(([name, value]): Bar => {
    const pays = told === paid || paid?.[name] === undefined ? '' : `, ${paidInWords(paid[name])}`;
    return { name, value, words: `${plain(value)}${pays}`, strong: got(name) };
  });
  return bars(title, rows, width, style);
}

/** The one number that every report has, and what it says. */
function numberIn(reports: unknown): readonly [Numbers, string] | undefined {
  if (typeof reports !== 'object' || reports === null) return undefined;
  for (const [key, title] of Object.entries(asked)) {
    const numbers = numbersOf(
      Object.fromEntries(Object.entries(reports).map(([agent, report]) => [agent, (report as Numbers | null)?.[key]])),
    );
    if (numbers !== undefined) return [numbers, title];
  }
  return undefined;
}

function numbersOf(values: unknown): Numbers | undefined {
  if (typeof values !== 'object' || values === null) return undefined;
  const all = Object.values(values);
  return all.length > 0 && all.every((value) => typeof value === 'number') ? (values as Numbers) : undefined;
}

function paidInWords(payment: number): string {
  return payment < 0 ? `receives ${plain(-payment)}` : `pays ${plain(payment)}`;
}

function isSomething(share: unknown): boolean {
  return Array.isArray(share) ? share.length > 0 : typeof share === 'number' && share > 0;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}
