import type { AgentId, Random } from '@mechane/core';
import type { Reports } from '../case.ts';
import type { Trial } from '../examination/trial.ts';
import { Departing, reportIn } from '../game/departing.ts';
import { isRecord, numbersIn, withLeaf } from '../game/leaves.ts';

/** Where deviations come from: the grid alone, a few that are worth trying, or all that come to mind. */
export type Reach = 'grid' | 'few' | 'many';

const mostNumbers = { few: 8, many: 7 } as const;
const mostOthers = 3;
const mostSuggested = { few: 6, many: 5 } as const;
const mostFields = { few: 4, many: 3 } as const;
const strangers = { few: 2, many: 2 } as const;
const departing = { few: 5, many: 6 } as const;

/**
 * What an agent might say instead of its type: on the grid, everything else on the grid; otherwise what the others report
 * and just beside it, nothing, more, what the domain suggests, random types, fields that its report does not have, and where there are rounds,
 * messages that no report describes.
 */
export function misreportsOf(
  trial: Trial,
  types: Reports,
  agent: AgentId,
  reach: Reach,
  random: Random,
): readonly unknown[] {
  const { game } = trial;
  const own = types.get(agent);
  const sayable = sayableBy(trial, types, agent);
  if (reach === 'grid') return sayable(game.grid);
  const others = [...types].filter(([other]) => other !== agent).map(([, said]) => reportIn(said));
  return sayable([
    ...some(others, mostOthers, random),
    ...some(game.domain.misreports?.(own, game.settings) ?? [], mostSuggested[reach], random),
    ...otherNumbers(trial, own, others, mostNumbers[reach], random),
    ...Array.from({ length: strangers[reach] }, () => trial.profiles.stranger(random)),
    ...some(otherFields(trial, own, random), mostFields[reach], random),
    ...departures(trial, own, others, departing[reach], random),
  ]);
}

/** Keeps what an agent can say instead of the truth, fitted to what the others say where the domain knows how. */
function sayableBy(
  { game }: Trial,
  types: Reports,
  agent: AgentId,
): (reports: readonly unknown[]) => readonly unknown[] {
  const { domain, settings } = game;
  const own = types.get(agent);
  const position = [...types.keys()].indexOf(agent);
  const said = [...types.values()].map(reportIn);
  const fitted = (report: unknown): unknown => {
    if (report instanceof Departing) return new Departing(fitted(report.report), report.departures);
    return domain.together?.(said.with(position, report), settings)[position];
  };
  const isLie = (report: unknown): boolean => report !== own && game.mayReport(own, report);
  return (reports) => (domain.together ? reports.map(fitted) : reports).filter(isLie);
}

function some<Value>(values: readonly Value[], most: number, random: Random): readonly Value[] {
  return values.length <= most ? values : random.shuffled(values).slice(0, most);
}

/** The report with one of its numbers changed: to nothing, to a little more or less, to what somebody else says, to any that is worth trying. */
function otherNumbers(
  { numbers }: Trial,
  own: unknown,
  others: readonly unknown[],
  count: number,
  random: Random,
): readonly unknown[] {
  const leaves = numbersIn(own);
  if (leaves.length === 0) return [];
  const said = others.flatMap((report) => numbersIn(report).map(([, number]) => number));
  return Array.from({ length: count }, (_, index) => {
    const [path, number] = leaves[random.below(leaves.length)] as (typeof leaves)[number];
    const plain = [0, number + 1, number / 2, 2 * number, number - 1];
    const isPlain = index < plain.length && random.below(2) === 0;
    const drawn = isPlain ? (plain[index] as number) : numbers.draw(random, [...said, number]);
    return withLeaf(own, path, drawn);
  });
}

/** The report with a field that it need not have, or without one; where any field may be, with those that the mechanism seems to read. */
export function otherFields(
  { reports, soughtFields, examination }: Trial,
  own: unknown,
  random: Random,
): readonly unknown[] {
  if (!isRecord(own)) return [];
  const more = reports
    .missingFields(own, random)
    .flatMap(([key, values]) => values.map((value) => ({ ...own, [key]: value })));
  const open = reports.isOpen
    ? [...soughtFields, ...soughtFields, ...examination.literals.fields]
        .filter((field) => !(field in own))
        .flatMap((field) => [true, 1, 'x'].map((value) => ({ ...own, [field]: value })))
    : [];
  const listed = reports
    .otherValues(own, random)
    .flatMap(([key, values]) =>
      values
        .filter((value) => typeof value === typeof own[key] && typeof value !== 'number' && typeof value !== 'object')
        .map((value) => ({ ...own, [key]: value })),
    );
  return [...more, ...listed, ...some(open, 6, random)];
}

function departures(
  { strategies, game }: Trial,
  own: unknown,
  others: readonly unknown[],
  count: number,
  random: Random,
): readonly unknown[] {
  if (strategies === undefined) return [];
  const near = [own, ...others].flatMap((report) => numbersIn(report).map(([, number]) => number));
  const { grid } = game;
  return Array.from({ length: count }, () => {
    const played = random.below(3) === 0 && grid.length > 0 ? grid[random.below(grid.length)] : own;
    return strategies.draw(played, near, random);
  });
}
