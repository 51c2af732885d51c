import { lottery } from '../games/lottery.ts';
import { choiceOfOne, peaksOnLine } from '../matching/choices.ts';
import { matching } from '../matching/matching.ts';
import { type AnyRecord, isRecord, numberOr, numbersIn, onlyNumbers, reportsOf } from '../run-shape.ts';
import type { Painter } from './painter.ts';

const partners: Painter = ({ reports, outcome }, options) => {
  const { matches } = outcome;
  if (!isRecord(matches)) return undefined;
  const told = reportsOf(reports);
  const sided = (side: string): string[] => told.filter(([, report]) => report.side === side).map(([agent]) => agent);
  const pairs = sided('proposing').flatMap((agent) =>
    listOf(matches[agent]).map((partner) => [agent, partner] as const),
  );
  return matching(
    { left: sided('proposing'), right: sided('receiving'), pairs, rankings: rankingsOf(reports) },
    options,
  );
};

const items: Painter = ({ reports, outcome }, options) => {
  const { allocation } = outcome;
  const rankings = rankingsOf(reports);
  if (!isRecord(allocation) || Object.keys(rankings).length === 0) return undefined;
  const pairs = Object.entries(allocation).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const all = new Set([...Object.values(rankings).flat(), ...pairs.map(([, item]) => item)]);
  return matching({ left: Object.keys(rankings), right: [...all], pairs, rankings }, options);
};

const alternatives: Painter = ({ reports, settings = {}, outcome }, options) => {
  const told = reportsOf(reports);
  if (!('chosen' in outcome) || told.length === 0 || !told.every(([, { values }]) => isRecord(values)))
    return undefined;
  const values = Object.fromEntries(told.map(([agent, report]) => [agent, onlyNumbers(report.values)]));
  const named = Array.isArray(settings.alternatives)
    ? (settings.alternatives as string[])
    : [...new Set(Object.values(values).flatMap((each) => Object.keys(each)))];
  const { chosen } = outcome;
  return choiceOfOne(
    {
      values,
      alternatives: named,
      chosen: typeof chosen === 'string' ? chosen : null,
      payments: onlyNumbers(outcome.payments),
    },
    options,
  );
};

const peaks: Painter = ({ reports, outcome }, options) => {
  const points = numbersIn(reports, 'peak');
  const { location } = outcome;
  if (points === undefined || !('location' in outcome)) return undefined;
  return peaksOnLine(points, typeof location === 'number' ? location : null, options);
};

const lotteries: Painter = ({ outcome }, options) => {
  const { distribution, recommendation } = outcome;
  if (!Array.isArray(distribution) || !isRecord(recommendation)) return undefined;
  const named = (profile: unknown): string =>
    isRecord(profile)
      ? Object.entries(profile)
          .map(([agent, strategy]) => `${agent}: ${String(strategy)}`)
          .join(', ')
      : '';
  const chances = distribution.map(
    ({ profile, probability }: AnyRecord) => [named(profile), numberOr(probability, 0)] as const,
  );
  return lottery(chances, named(recommendation), options);
};

function rankingsOf(reports: unknown): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    reportsOf(reports).flatMap(([agent, { ranking }]) =>
      Array.isArray(ranking) ? [[agent, ranking as string[]]] : [],
    ),
  );
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}

/** Mechanisms without goods and prices, by the shape of what they are told and give. */
export const otherPainters: readonly Painter[] = [partners, items, alternatives, peaks, lotteries];
