import type { Law } from './law.ts';
import { allocationMonotone } from './laws/allocation-monotone.ts';
import { anonymous } from './laws/anonymous.ts';
import { answers } from './laws/answers.ts';
import { badAgents } from './laws/bad-agents.ts';
import { badInputRefused } from './laws/bad-input-refused.ts';
import { bayesianIncentiveCompatible } from './laws/bayesian-incentive-compatible.ts';
import { bestWelfare } from './laws/best-welfare.ts';
import { budgetBalanced } from './laws/budget-balanced.ts';
import { core } from './laws/core.ts';
import { credible } from './laws/credible.ts';
import { deterministic } from './laws/deterministic.ts';
import { efficient } from './laws/efficient.ts';
import { ends } from './laws/ends.ts';
import { envyFree } from './laws/envy-free.ts';
import { exPostIncentiveCompatible } from './laws/ex-post-incentive-compatible.ts';
import { falseNameProof } from './laws/false-name-proof.ts';
import { feasible } from './laws/feasible.ts';
import { fewParticipants } from './laws/few-participants.ts';
import { finitePayments } from './laws/finite-payments.ts';
import { groupStrategyProof } from './laws/group-strategy-proof.ts';
import { individuallyRational } from './laws/individually-rational.ts';
import { inputsUntouched } from './laws/inputs-untouched.ts';
import { mostPaid } from './laws/most-paid.ts';
import { noDeficit } from './laws/no-deficit.ts';
import { nonBossy, nonBossyInAllocation } from './laws/non-bossy.ts';
import { notObviouslyManipulable } from './laws/not-obviously-manipulable.ts';
import { obviouslyStrategyProof } from './laws/obviously-strategy-proof.ts';
import { orderIndependent } from './laws/order-independent.ts';
import { paretoEfficient } from './laws/pareto-efficient.ts';
import { participation } from './laws/participation.ts';
import { replay } from './laws/replay.ts';
import { revenueMonotone } from './laws/revenue-monotone.ts';
import { shillProof } from './laws/shill-proof.ts';
import { shortcut } from './laws/shortcut.ts';
import { strategyProof } from './laws/strategy-proof.ts';
import { unitFree } from './laws/unit-free.ts';
import { values } from './laws/values.ts';

/** The laws a mechanism may claim. */
export const claimable: readonly Law[] = [
  strategyProof,
  exPostIncentiveCompatible,
  bayesianIncentiveCompatible,
  obviouslyStrategyProof,
  notObviouslyManipulable,
  groupStrategyProof,
  falseNameProof,
  shillProof,
  credible,
  nonBossy,
  nonBossyInAllocation,
  individuallyRational,
  participation,
  budgetBalanced,
  noDeficit,
  efficient,
  paretoEfficient,
  core,
  envyFree,
  anonymous,
  allocationMonotone,
  revenueMonotone,
];

/** The laws that hold for every mechanism, claimed or not. */
export const structural: readonly Law[] = [
  answers,
  deterministic,
  inputsUntouched,
  orderIndependent,
  feasible,
  finitePayments,
  fewParticipants,
  badInputRefused,
  ends,
  badAgents,
  replay,
  shortcut,
  bestWelfare,
  values,
  mostPaid,
  unitFree,
];
