import type { LawName, Random } from '@mechane/core';
import { namesAgents } from '../draw/names.ts';
import { Numbers } from '../draw/numbers.ts';
import { ownWords } from '../draw/own-words.ts';
import { type Draw, Profiles } from '../draw/profiles.ts';
import { SchemaValues } from '../draw/schema-values.ts';
import { Strategies } from '../draw/strategies.ts';
import type { Game } from '../game/game.ts';
import { numbersIn } from '../game/leaves.ts';
import { ifPlayable } from '../game/unplayable.ts';
import { Budget } from '../search/budget.ts';
import type { Examination } from './examination.ts';

/** What a law is given to work with: a game, and how much of it to play. */
export interface Trial extends Draw {
  readonly game: Game;
  readonly examination: Examination;
  readonly budget: Budget;
  /** Random profiles that a caller asked for, to which budgets are proportional. */
  readonly runs: number;
  /** Whether the settings are the kit's own idea. */
  readonly drawn: boolean;
  /** Whether a counterexample is found and only gets smaller now. */
  hasCulprit: boolean;
  /** An endless supply of random profiles, which belongs to this law. */
  readonly profiles: Profiles;
  /** What reports may be. */
  readonly reports: SchemaValues;
  /** Fields that the mechanism looks for in reports although no schema names them. */
  readonly soughtFields: readonly string[];
  /** How agents may play that no report describes; none where a round of reports is all there is. */
  readonly strategies: Strategies | undefined;
  /** Randomness that belongs to the seed and to this purpose. */
  random(purpose: string): Random;
}

/** What several laws share of a game. */
interface Shared {
  readonly numbers: Numbers;
  readonly reports: SchemaValues;
  readonly soughtFields: readonly string[];
  readonly strategies: Strategies | undefined;
  readonly mentioned: readonly string[];
}

const shared = new WeakMap<Game, Shared>();
const usualMost = 8;
const conversationsHeard = 6;
const typesLookedAt = 40;

/** Sets a law to work on a game. */
export function trialOf(
  examination: Examination,
  { game, drawn, runs }: { game: Game; drawn: boolean; runs: number },
  law: LawName,
  plays: number,
): Trial {
  const { subject } = examination;
  const { min = 1, max } = subject.participants ?? {};
  const random = (purpose: string): Random => examination.random(`${law} ${purpose}`);
  const { numbers, reports, soughtFields, strategies, mentioned } = sharedOf(examination, game);
  const mostThereAre = game.domain.mostAgents?.(game.settings) ?? Number.POSITIVE_INFINITY;
  const draw: Draw = {
    game,
    fewest: min,
    most: Math.min(mostThereAre, max ?? Math.max(usualMost, min)),
    crowds: max === undefined && mostThereAre === Number.POSITIVE_INFINITY && game.mechanism.direct && !drawn,
    mentioned,
    namedInSettings: namesAgents(game.given) || namesAgents(game.grid.slice(0, typesLookedAt)),
    numbers,
  };
  return {
    ...draw,
    examination,
    budget: new Budget(game, plays),
    runs,
    drawn,
    hasCulprit: false,
    profiles: new Profiles(draw, random('profiles')),
    reports,
    soughtFields,
    strategies,
    random,
  };
}

function sharedOf(examination: Examination, game: Game): Shared {
  const known = shared.get(game);
  if (known) return known;
  const { mechanism } = game;
  const numbers = new Numbers([
    ...examination.literals.numbers,
    ...numbersIn(game.settings).map(([, number]) => number),
  ]);
  const hasRounds = !mechanism.direct && mechanism.report !== undefined;
  const reports = new SchemaValues(mechanism.report ?? mechanism.message);
  const made: Shared = {
    numbers,
    reports,
    soughtFields: reports.isOpen ? soughtIn(examination, game) : [],
    mentioned: namesIn(examination, game),
    strategies: hasRounds ? new Strategies(new SchemaValues(mechanism.message), numbers) : undefined,
  };
  shared.set(game, made);
  if (made.strategies) listenIn(examination, game, made.strategies);
  return made;
}

/** Words of the mechanism's text that could be names: those that nothing it takes or gives has in it. */
function namesIn({ literals, random }: Examination, game: Game): readonly string[] {
  const words = literals.words.filter((word) => !plainNames.has(word));
  if (words.length === 0) return literals.words;
  const drawn = random('outcomes');
  const outcomes: unknown[] = [];
  for (let play = 1; play <= conversationsHeard && game.grid.length > 0; play++) {
    outcomes.push(ifPlayable(() => game.playAfresh(someOfGrid(game, drawn, play), play).outcome));
  }
  const own = ownWords(game.mechanism, game.given, game.grid.slice(0, typesLookedAt), ...outcomes);
  return literals.words.filter((word) => !own.has(word) || plainNames.has(word));
}

const fewNames = ['ann', 'bob', 'cat'] as const;
const plainNames: ReadonlySet<string> = new Set(fewNames);

/** A few agents of simple types. */
function someOfGrid({ grid, domain, settings }: Game, random: Random, play: number): Map<string, unknown> {
  const names = fewNames.slice(0, 1 + (play % 3));
  const drawn = names.map(() => grid[random.below(grid.length)]);
  const types = domain.together?.(drawn, settings) ?? drawn;
  return new Map(names.map((name, position) => [name, types[position]]));
}

/** Learns what is asked and said when proxies play. */
function listenIn({ random }: Examination, game: Game, strategies: Strategies): void {
  const drawn = random('conversations');
  for (let heard = 0; heard < conversationsHeard && game.grid.length > 0; heard++) {
    const types = someOfGrid(game, drawn, heard);
    ifPlayable(() => game.overhear(types, 1 + heard, (asked, said) => strategies.hear({ asked, said })));
  }
}

/** Fields that are read in reports and are not there: who is asked may have an answer. */
function soughtIn({ random }: Examination, game: Game): readonly string[] {
  const drawn = random('fields');
  const sought = new Set<string>();
  const watched = (report: unknown): unknown =>
    typeof report !== 'object' || report === null
      ? report
      : new Proxy(report, {
          get(target, key, self) {
            if (typeof key === 'string' && !(key in target) && key !== 'toJSON') sought.add(key);
            return Reflect.get(target, key, self);
          },
        });
  for (let play = 1; play <= conversationsHeard && game.grid.length > 0; play++) {
    const inputs = new Map<string, unknown>();
    for (const [name, type] of someOfGrid(game, drawn, play)) {
      const report = ifPlayable(() => game.read(type));
      if (report !== undefined) inputs.set(name, watched(report));
    }
    ifPlayable(() => game.conductInputs(game.setup([...inputs.keys()], play), inputs, play));
  }
  return [...sought].slice(0, 8);
}
