import type { Adaptation, ArmSummary, ReplicatedArm, Replications } from '@mechane/adaptive';
import { MechaneError } from '@mechane/core';
import { expect, test } from 'vitest';
import type { CheckedSimulation } from '../src/checked-simulation.ts';
import type { EquilibriumCheck } from '../src/equilibrium-check.ts';
import { simulationsCsv } from '../src/simulation-csv.ts';
import { replicationsText, simulationText } from '../src/simulation-text.ts';
import { styleFor } from '../src/style.ts';

const plain = styleFor({}, {});
const arm: ArmSummary = {
  mechanism: 'test/odd, "quoted"',
  settings: undefined,
  pulls: 1_000,
  welfare: null,
  revenue: { mean: 2.5, halfWidth: Number.POSITIVE_INFINITY, count: 1 },
  efficiency: { mean: 1, halfWidth: 0.25, count: 9 },
  priceOfAnarchy: 1.5,
  smithsAlpha: null,
};
const replicatedArm: ReplicatedArm = { ...arm, pulls: null, priceOfAnarchy: null, smithsAlpha: null };
const checked: EquilibriumCheck = { by: '@mechane/game-theory', coarse: 0.25, correlated: 0.5, arms: [] };
const simulation = (changes: Partial<CheckedSimulation> = {}): CheckedSimulation => ({
  seed: 3,
  rounds: 1_000,
  complete: true,
  objective: 'welfare',
  pulls: [1_000],
  reward: null,
  regret: { designer: 0, perRound: 0, range: [0, 1], bidders: [] },
  history: [],
  failures: [],
  arms: [arm],
  convergence: { coarse: 0, correlated: null, checkpoints: [] },
  equilibrium: checked,
  ...changes,
});
const summary: Replications = {
  seeds: [],
  complete: false,
  reward: null,
  regret: null,
  coarse: null,
  correlated: null,
  arms: [replicatedArm],
};

test('what is not known is a dash, and an interval that says nothing is left out', () => {
  const text = simulationText(simulation(), plain);
  expect(text).toMatch(/0 test\/odd, "quoted" +1,000 +– +2\.5 +1 ± 0\.25 +1\.5 +–\n/);
  expect(text).toMatch(/welfare +–\n/);
  expect(text).toContain('coarse 0.25, correlated 0.5 (@mechane/game-theory)');
});

test('a run that ended early says why, as far as it knows', () => {
  expect(simulationText(simulation({ complete: false }), plain)).toContain('ended early: interrupted');
  expect(simulationText(simulation({ complete: false, reason: 'every arm has failed' }), plain)).toContain(
    'ended early: every arm has failed',
  );
});

test('a long history shows its end, and how much more there is', () => {
  const history = Array.from({ length: 15 }, (_, round): Adaptation => {
    return { round, kind: 'preferred', from: 0, to: 0, because: `n${round}`, figures: {} };
  });
  const text = simulationText(simulation({ history }), plain);
  expect(text).toContain('3 earlier entries: --json has them');
  expect(text).not.toContain('n2\n');
  expect(text).toContain('round 14  n14\n');
});

test('replications say how many ended early and how many arms failed, and the worst of what was checked', () => {
  const error = new MechaneError('overflow', { problem: 'too much' }).toJSON();
  const failed = simulation({ complete: false, failures: [{ arm: 0, round: 4, error }] });
  const other = simulation({ equilibrium: { ...checked, coarse: 0.375, correlated: null } });
  const text = replicationsText([failed, other], summary, plain);
  expect(text).toContain('2 replications, 2,000 rounds, 1 of them ended early\n');
  expect(text).toMatch(/arms that failed +1\n/);
  expect(text).toMatch(/0 test\/odd, "quoted" +– +– +2\.5 +1 ± 0\.25 +– +–\n/);
  expect(text).toContain('coarse 0.375, correlated 0.5 at the most (@mechane/game-theory)');
  expect(replicationsText([], summary, plain)).toMatch(/checked +–\n/);
});

test('where nothing was checked, the reason is given', () => {
  const unchecked = { ...checked, coarse: null, correlated: null };
  const told = (equilibrium: EquilibriumCheck) => simulationText(simulation({ equilibrium }), plain);
  expect(told(unchecked)).toContain('not: nothing was played');
  expect(told({ ...unchecked, arms: [{ arm: 0, reason: 'lots' }] })).toContain('not: lots');
});

test('fields of a line that need it are quoted, and what is not known is empty', () => {
  const [, line] = simulationsCsv([simulation()]).split('\n');
  expect(line).toBe('3,1000,0,"test/odd, ""quoted""",1000,,2.5,1,1.5,,0,0,,0.25,0.5');
});

test('a table that is wider than the terminal is told row by row, with the name of each number', () => {
  const text = simulationText(simulation(), styleFor({}, {}, 60));
  expect(text).toContain('  0 test/odd, "quoted"\n    pulls       1,000\n    welfare     –\n    revenue     2.5\n');
  // Where it fits, it stays a table.
  expect(simulationText(simulation(), styleFor({}, {}, 120))).toBe(simulationText(simulation(), plain));
});
