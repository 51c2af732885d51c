/*
 * The mediator: agents say what a game pays them, and each is told in private what to play, so that nobody gains by doing something else.
 *
 * Aumann, "Subjectivity and correlation in randomized strategies", Journal of Mathematical Economics 1 (1974); the best such lottery is a linear
 * program (Gilboa and Zemel 1989). It promises that obeying is best when the others obey and payoffs are true. It does not promise that
 * reported payoffs are true.
 */

import {
  type AgentId,
  type Certificate,
  type Certified,
  certified,
  directMechanism,
  type Mechanism,
  perAgent,
  type ReportRequest,
} from '@mechane/core';
import { Rational } from '@mechane/numerics';
import * as z from 'zod';
import { bestCorrelated, type CorrelatedLottery } from './correlated-lottery.ts';
import { noPlayer, notThePayoffs } from './errors.ts';
import { exactNumber } from './exact-number.ts';
import { stridesOf } from './normal-form/game.ts';

/**
 * Who plays, and what each can do.
 *
 * @category Mechanisms
 */
export interface MediatorSettings {
  /** By player, or in pairs: an object lists names that are whole numbers first, whatever was written first. */
  strategies: Record<AgentId, string[]> | [player: AgentId, strategies: string[]][];
}

/**
 * A payoff for every profile: nested lists, one level a player, in the order of the settings.
 *
 * @category Mechanisms
 */
export type PayoffTable = number | PayoffTable[];

/**
 * What the game pays an agent at every profile.
 *
 * @category Mechanisms
 */
export interface ReportedPayoffs {
  payoffs: PayoffTable;
}

/**
 * What everybody should do, and from which lottery that was drawn.
 *
 * @category Mechanisms
 */
export interface Recommendation {
  readonly recommendation: Readonly<Record<AgentId, string>>;
  /** The correlated equilibrium: profiles that are drawn with a probability of more than 0. */
  readonly distribution: readonly {
    readonly profile: Readonly<Record<AgentId, string>>;
    readonly probability: number;
  }[];
}

/** @category Mechanisms */
export type Mediator = Mechanism<{
  id: 'game-theory/mediator';
  settings: MediatorSettings;
  report: ReportedPayoffs;
  outcome: Recommendation;
  message: ReportedPayoffs;
  ask: ReportRequest;
  certificate: RecommendationCertificate;
}>;

/**
 * That no correlated equilibrium has a larger sum of payoffs.
 *
 * @category Mechanisms
 */
export interface RecommendationCertificate extends Certificate {
  readonly status: 'optimal';
  readonly welfare: number;
  readonly bound: number;
  readonly gap: number;
}

const mostProfiles = 256;
/** In the order of their dimensions in tables of payoffs, with what each can do. */
type Players = readonly (readonly [AgentId, readonly string[]])[];

function playersIn(strategies: MediatorSettings['strategies']): Players {
  return Array.isArray(strategies) ? strategies : Object.entries(strategies);
}

const names = z
  .array(z.string())
  .min(1)
  .refine((own) => new Set(own).size === own.length, 'expected no name twice');
const payoffTable: z.ZodType<PayoffTable, PayoffTable> = z.lazy(() => z.union([z.number(), z.array(payoffTable)]));

/**
 * The mediator recommends the correlated equilibrium with the largest sum of payoffs, computed exactly, and draws from it. Players that report
 * nothing are taken to be indifferent.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { games } from '@mechane/game-theory';
 *
 * // Chicken (Aumann 1974): nobody crashes, and both obey.
 * const mechane = createMechane().use(games);
 * const settings = { strategies: { ann: ['dare', 'swerve'], bob: ['dare', 'swerve'] } };
 * const reports = { ann: { payoffs: [[0, 7], [2, 6]] }, bob: { payoffs: [[0, 2], [7, 6]] } };
 * const { outcome, metrics } = mechane.run('game-theory/mediator', { settings, reports, seed: 1 });
 * outcome.distribution.map(({ probability }) => probability); // => [0.25, 0.25, 0.5]
 * metrics.welfare; // => 10.5
 * ```
 */
export const mediator: Mediator = directMechanism({
  id: 'game-theory/mediator',
  summary: 'Tells everybody what to play, so that nobody gains by doing something else (Aumann 1974)',
  settings: z.strictObject({
    strategies: z
      .union([z.record(z.string(), names), z.array(z.tuple([z.string(), names]))])
      .refine(
        (given) => new Set(playersIn(given).map(([player]) => player)).size === playersIn(given).length,
        'expected no player twice',
      )
      .refine(
        (given) => playersIn(given).reduce((profiles, [, { length }]) => profiles * length, 1) <= mostProfiles,
        `expected at most ${mostProfiles} profiles of strategies`,
      )
      .describe('What each player can do'),
  }),
  report: z.strictObject({
    payoffs: payoffTable.describe(
      'What the game pays the agent: nested lists, one level a player, in the order of the settings',
    ),
  }),
  outcome: z.strictObject({
    recommendation: z.record(z.string(), z.string()),
    distribution: z.array(z.strictObject({ profile: z.record(z.string(), z.string()), probability: z.number() })),
  }),

  refuseSettings({ strategies }, { participants }) {
    const players = playersIn(strategies).map(([player]) => player);
    const other = participants.find((agent) => !players.includes(agent));
    if (other === undefined) return undefined;
    return noPlayer(
      other,
      players.filter((player) => !participants.includes(player)),
    );
  },

  refuseReport: ({ payoffs }, { strategies }) =>
    misshapen(
      payoffs,
      playersIn(strategies).map(([, own]) => own),
      ['payoffs'],
    ),

  decide(reports, { settings: { strategies }, random }): Certified<Recommendation, RecommendationCertificate> {
    const players = playersIn(strategies).map(([player]) => player);
    const lists = playersIn(strategies).map(([, own]) => own);
    const shape = lists.map(({ length }) => length);
    const tables = players.map((player) => flat(reports.get(player)?.payoffs, shape));
    const { lottery, value } = bestCorrelated(shape, tables);
    const strides = stridesOf(shape);
    const named = (profile: number) =>
      perAgent(players, (player) => {
        const index = players.indexOf(player);
        const strategy = Math.floor(profile / (strides[index] as number)) % (shape[index] as number);
        return (lists[index] as string[])[strategy] as string;
      });
    return certified(
      {
        recommendation: named(drawn(lottery, () => random.next())),
        distribution: lottery.map(({ profile, probability }) => ({
          profile: named(profile),
          probability: probability.toNumber(),
        })),
      },
      { status: 'optimal', welfare: value.toNumber(), bound: value.toNumber(), gap: 0 },
    );
  },

  value(_, { payoffs }, { distribution }, { strategies }) {
    let expected = 0;
    for (const { profile, probability } of distribution) {
      const paid = playersIn(strategies).reduce<PayoffTable>((table, [player, own]) => {
        const strategy = own.indexOf(profile[player] ?? '');
        return typeof table === 'number' ? table : (table[strategy] as PayoffTable);
      }, payoffs);
      expected += probability * (paid as number);
    }
    return expected;
  },

  claims: [
    {
      law: 'non-bossy',
      holds: true,
      because: 'By definition: what is recommended to one is part of the outcome of all, who all have it in common',
    },
    {
      law: 'strategy-proof',
      holds: false,
      because: 'Who says that it would not mind a crash is let pass: the lottery follows what is reported',
      witness: {
        settings: { strategies: { ann: ['dare', 'swerve'], bob: ['dare', 'swerve'] } },
        reports: {
          ann: {
            payoffs: [
              [0, 7],
              [2, 6],
            ],
          },
          bob: {
            payoffs: [
              [0, 2],
              [7, 6],
            ],
          },
        },
        deviation: {
          ann: {
            payoffs: [
              [9, 9],
              [0, 0],
            ],
          },
        },
        agent: 'ann',
      },
    },
  ],
});

/** What is wrong with a table that does not have the game's shape. */
function misshapen(
  table: PayoffTable,
  [own, ...rest]: readonly (readonly string[])[],
  path: readonly (string | number)[],
): ReturnType<typeof notThePayoffs> | undefined {
  if (own === undefined) return typeof table === 'number' ? undefined : notThePayoffs(path, 'a number');
  if (typeof table === 'number' || table.length !== own.length) {
    return notThePayoffs(path, `a list of ${own.length}, one for each of ${own.join(', ')}`);
  }
  for (const [index, part] of table.entries()) {
    const flaw = misshapen(part, rest, [...path, index]);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

/** The table in one list, the last player's strategy running fastest. */
function flat(table: PayoffTable | undefined, shape: readonly number[]): readonly Rational[] {
  const size = shape.reduce((profiles, count) => profiles * count, 1);
  return table === undefined ? Array.from({ length: size }, () => Rational.zero) : [...leavesOf(table)];
}

function* leavesOf(table: PayoffTable): Generator<Rational, void, void> {
  if (typeof table === 'number') yield exactNumber(table);
  else for (const part of table) yield* leavesOf(part);
}

function drawn(lottery: CorrelatedLottery, draw: () => number): number {
  let left = lottery.length === 1 ? 0 : draw();
  for (const { profile, probability } of lottery) {
    left -= probability.toNumber();
    if (left < 0) return profile;
  }
  return lottery.at(-1)?.profile ?? 0;
}
