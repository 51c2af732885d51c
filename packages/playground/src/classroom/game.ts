import type { Random } from '@mechane/core';
import type { AnyRecord } from '../live/records.ts';

/** What somebody is dealt in a game, and alone is told. */
export interface Hand {
  readonly experiment: string;
  /** Which of the experiment's games it is for. */
  readonly game: number;
  /** How many are in the group. */
  readonly n: number;
  /** What the thing is worth to its holder, costs it, or what it has heard of its worth. */
  readonly value?: number;
  readonly side?: 'buy' | 'sell';
  /** What there is to rank, with the points that each is worth. */
  readonly worth?: Readonly<Record<string, number>>;
  /** What its holder brings. */
  readonly owns?: string;
  /** Where its holder stands in the list of each school. */
  readonly standing?: Readonly<Record<string, number>>;
}

/** Hands of a group, and whatever else a session is made with. */
export interface Dealt {
  readonly settings: AnyRecord;
  /** Of each of the group, in its order. */
  readonly hands: readonly Omit<Hand, 'experiment' | 'game' | 'n'>[];
  /** What the thing is worth to all, which nobody is told before the end. */
  readonly truth?: number;
  /** Who takes part besides people, and what it says. */
  readonly others?: readonly (readonly [agent: string, message: AnyRecord])[];
}

/** How something is said. */
export type Answering =
  | {
      readonly kind: 'amount';
      readonly label: string;
      readonly isSigned?: boolean;
      message(amount: number, hand: Hand): AnyRecord;
    }
  | { readonly kind: 'words'; readonly words: readonly { readonly label: string; readonly message: AnyRecord }[] }
  | { readonly kind: 'ranking'; readonly label: string; message(ranking: readonly string[], hand: Hand): AnyRecord }
  | { readonly kind: 'rising' }
  | { readonly kind: 'falling' };

/** What came of a game for one who played it. */
export interface Got {
  /** What it got, in a word or two; nothing where it got nothing. */
  readonly won: string;
  /** What it paid: less than 0 is what it was paid. */
  readonly paid: number;
  /** What it has gained by all of it, in points. */
  readonly gain: number;
}

/** What is seen of a game that is over. */
export interface Ending {
  readonly agent: string;
  readonly hand: Hand;
  readonly outcome: AnyRecord;
  readonly truth: number | undefined;
}

/** What theory says that people do. */
export interface Theory {
  /** In a line, with its source. */
  readonly words: string;
  /** Whether what is told is the truth, which need not be an equilibrium; it is the equilibrium unless this says otherwise. */
  readonly is?: 'truth';
  /** What the holder of a hand tells the mechanism, or its proxy; `undefined` where theory does not say it. */
  report(hand: Hand): AnyRecord | undefined;
  /** What the mean of the game's measure is over all hands that may be dealt, by the size of the group. */
  mean?(n: number): number;
}

/** One game of an experiment: a mechanism, what is dealt, and what theory says of it. */
export interface Game {
  readonly title: string;
  readonly mechanism: string;
  /** The rule, in the words of those who play. */
  readonly rule: string;
  readonly grouping: 'groups' | 'pairs' | 'all';
  readonly answering: Answering;
  deal(agents: readonly string[], random: Random): Dealt;
  /** The number, or the ranking, in what somebody has said. */
  said(message: AnyRecord): number | string | undefined;
  got(ending: Ending): Got;
  readonly theory: Theory;
  /** What is compared with theory: what the seller takes, or what is gained by all together. */
  readonly measure: 'revenue' | 'gains';
  /** The vertical axis of the picture. */
  readonly axis: string;
  /** From where to where values may be dealt: from 0 to 100, unless it says otherwise. */
  readonly range?: readonly [low: number, high: number];
}

/** An experiment: games that a class plays one after the other. */
export interface Experiment {
  readonly id: string;
  readonly title: string;
  /** What a class sees by it. */
  readonly about: string;
  /** How many are in a group, unless the teacher says otherwise. */
  readonly size: number;
  /** What the number is that each is told. */
  readonly told: string;
  readonly games: readonly Game[];
}

/** Points lie between 0 and this. */
export const most = 100;
