import * as z from 'zod';
import type { AgentId } from '../contract/agent.ts';
import { conclusionOf } from '../contract/certificate.ts';
import type { DecisionInParts } from '../contract/decision-in-parts.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { codedError, indivisible, otherSolutions } from '../errors.ts';
import { validate } from '../input/validate.ts';
import type { ServiceScope } from '../services/service-scope.ts';
import { resultOf } from './begin-run.ts';
import { throwIfAborted } from './conversing.ts';
import { observed, observerOf } from './observed.ts';
import { RunIdentity } from './run-identity.ts';
import type { RunInput, RunResult } from './run-types.ts';
import { readScript, type Script } from './script.ts';

/**
 * Problems that a run waits for, all or some of them, with all that whoever solves them needs besides the scenario.
 *
 * @category Runs
 */
export interface Parts {
  /** The seed given, or drawn; `null` when none was needed so far. */
  readonly seed: number | null;
  readonly parts: readonly unknown[];
}

/**
 * A run that waits for the solutions of its parts: plain JSON, which may be kept as long as that takes, and go on in another process.
 *
 * @category Runs
 */
export interface Division extends Parts {
  /** What is decided already. */
  readonly decided: unknown;
}

const partsSchema = z.object({ seed: z.int().nullable(), parts: z.array(z.unknown()) });
const divisionSchema = partsSchema.extend({ decided: z.unknown() });
const solutionsSchema = z.array(z.unknown());

/** Takes a decision up to where it falls into parts. */
export function divide(scope: ServiceScope, mechanism: Mechanism, play: RunInput): Division {
  const playing = readInParts(scope, mechanism, play);
  const { setup, reports, inParts } = playing;
  try {
    const { decided, parts } = inParts.divide(reports, setup);
    return { seed: setup.seed, decided, parts };
  } catch (thrown) {
    // A run that comes this far is told of once it is put together.
    throw observerOf(scope, mechanism, setup, playing.identity).failed(thrown);
  } finally {
    setup.scope?.release();
  }
}

/** Solves some parts of a run. */
export function solveParts(
  scope: ServiceScope,
  mechanism: Mechanism,
  play: RunInput,
  given: unknown,
): readonly unknown[] {
  const { seed, parts } = validate(partsSchema, given, 'invalid-division', []);
  const { setup, reports, inParts } = readInParts(scope, mechanism, seeded(play, seed));
  try {
    return inParts.solve(parts, reports, setup);
  } catch (thrown) {
    throw codedError(mechanism.id, thrown);
  } finally {
    setup.scope?.release();
  }
}

/** Puts a run together by the solutions of its parts. */
export function combine(
  scope: ServiceScope,
  mechanism: Mechanism,
  play: RunInput,
  division: unknown,
  given: unknown,
): RunResult {
  const { seed, decided, parts } = validate(divisionSchema, division, 'invalid-division', []);
  const solutions = validate(solutionsSchema, given, 'invalid-division', ['solutions']);
  if (solutions.length !== parts.length) throw otherSolutions(solutions.length, parts.length);
  const { setup, reports, types, inParts, identity } = readInParts(scope, mechanism, seeded(play, seed));
  return observed(scope, mechanism, setup, identity, () => {
    const { outcome, certificate } = conclusionOf(inParts.combine(decided, solutions, reports, setup));
    const rounds = mechanism.roundsOf?.(outcome) ?? 1;
    return resultOf(mechanism, setup, types, { outcome, certificate, rounds });
  });
}

interface InPartsScript extends Script {
  readonly reports: ReadonlyMap<AgentId, unknown>;
  readonly inParts: DecisionInParts;
  readonly identity: RunIdentity;
}

/**
 * Reads settings, seed and reports at the edge that every run of reports has.
 *
 * @throws MechaneError `indivisible` where the run does not fall into parts.
 */
function readInParts(scope: ServiceScope, mechanism: Mechanism, play: RunInput): InPartsScript {
  throwIfAborted(play.signal);
  if (mechanism.inParts === undefined) throw indivisible(mechanism.id);
  const identity = new RunIdentity(undefined, play.note);
  const script = readScript(scope, mechanism, play, identity);
  const { reports } = script;
  const { inParts } = script.mechanism;
  if (reports === undefined || inParts === undefined) throw indivisible(mechanism.id);
  return { ...script, reports, inParts, identity };
}

/** A run with the seed that it was divided with. */
function seeded(play: RunInput, seed: number | null): RunInput {
  return play.seed === undefined && seed !== null ? { ...play, seed } : play;
}
