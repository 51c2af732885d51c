/** Games of coalitions: `@mechane/game-theory/coalitions`. */

export { CoalitionalGame } from './cooperative/coalitional-game.ts';
export { type Imbalance, kernelImbalances } from './cooperative/kernel.ts';
export { hasCore, type LeastCore, leastCore, type Objection, strongestObjection } from './cooperative/least-core.ts';
export { nucleolus, prenucleolus } from './cooperative/nucleolus.ts';
export { banzhafValue, shapleyValue } from './cooperative/power-values.ts';
export { type Estimate, type SamplingOptions, sampledShapley } from './cooperative/sampled-shapley.ts';
