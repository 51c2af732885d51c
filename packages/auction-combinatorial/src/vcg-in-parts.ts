/*
 * The payments by Vickrey, Clarke and Groves, solved apart from each other: each part is the auction without one of its winners, and those that are
 * solved together share a relaxation. What comes back is held against the bids: a solution has to be a selection of them without those of the winner, worth
 * what it says, no less than what the others win beside the winner and no more than what all win. That nothing is worth more is proved by whoever
 * solves it, and is not looked at again.
 */
import { type AgentId, certified, type DecisionInParts, type Path, type Setup, validate } from '@mechane/core';
import { PackingError, recheckSelection, type Selection, solvePacking, valueOfSets } from '@mechane/packing';
import * as z from 'zod';
import { type AuctionPacking, auctionPacking, bidsByAgent } from './auction-packing.ts';
import { otherBids } from './errors.ts';
import { type AuctionSettings, copiesOf } from './goods.ts';
import { bestFound, type PackageOutcome, type WelfareCertificate, welfareCertificate } from './package-auction.ts';
import type { PackageBids } from './package-bids.ts';
import { searchBudget } from './search-budget.ts';
import { keepingBest } from './unproved-optimum.ts';
import { MarginalAuctions, paymentsGiven, requireProof, vickreyOutcome } from './vickrey-payments.ts';

type Reports = ReadonlyMap<AgentId, PackageBids>;
type AuctionSetup = Setup<AuctionSettings>;

const selectionSchema = z.strictObject({ sets: z.array(z.int().nonnegative()), value: z.int().nonnegative() });
const partSchema = z.strictObject({ without: z.string(), best: selectionSchema });
const decidedSchema = z.strictObject({ best: selectionSchema, checked: z.enum(['bound', 'feasibility']) });

export const vcgInParts: DecisionInParts<PackageBids, AuctionSettings, PackageOutcome, WelfareCertificate> = {
  divide(reports, setup) {
    const { settings, signal, written } = setup;
    const auction = auctionOf(reports, setup);
    const budget = searchBudget(settings, signal);
    const determination = solvePacking(auction.packing, budget);
    keepingBest(bestFound(auction, determination, written), () =>
      requireProof('vcg', determination, undefined, budget),
    );
    const { checked } = welfareCertificate(reports, settings, auction, determination);
    const best = determination.selection;
    const winners = [...bidsByAgent(auction, best.sets).keys()];
    return { decided: { best, checked }, parts: winners.map((without) => ({ without, best })) };
  },

  solve(given, reports, setup): Selection[] {
    const { settings, signal, written } = setup;
    const auction = auctionOf(reports, setup);
    const marginal = new MarginalAuctions('vcg', auction, searchBudget(settings, signal));
    return given.map((each, place) => {
      const path = ['parts', place];
      const { without, best } = validate(partSchema, each, 'invalid-division', path);
      const selection = selectionIn(auction, best, [...path, 'best']);
      if (!bidsByAgent(auction, selection.sets).has(without))
        throw otherBids([...path, 'without'], 'this agent wins nothing', 'a winner');
      const found = bestFound(auction, { selection, bound: selection.value }, written);
      return keepingBest(found, () => marginal.without(without, selection));
    });
  },

  combine(given, solutions, reports, setup) {
    const { settings, written } = setup;
    const auction = auctionOf(reports, setup);
    const { best, checked } = validate(decidedSchema, given, 'invalid-division', ['decided']);
    const selection = selectionIn(auction, best, ['decided', 'best']);
    const winners = bidsByAgent(auction, selection.sets);
    if (winners.size !== solutions.length)
      throw otherBids(['solutions'], `there are ${solutions.length}`, `one for each of ${winners.size} winners`);
    const withoutWinner = new Map(
      [...winners].map(([agent, own], place) => {
        const path = ['solutions', place];
        const solution = validate(selectionSchema, solutions[place], 'invalid-division', path);
        return [agent, marginalIn(auction, { agent, own, best: selection }, solution, path)];
      }),
    );
    const payments = paymentsGiven(auction, selection, (agent) => withoutWinner.get(agent) as Selection);
    const determination = { selection, bound: selection.value, proof: undefined };
    const { allocation } = bestFound(auction, determination, written)();
    return certified(vickreyOutcome(reports, setup, allocation, payments), {
      ...welfareCertificate(reports, settings, auction, determination),
      checked,
    });
  },
};

function auctionOf(reports: Reports, { settings, tieOrder }: AuctionSetup): AuctionPacking {
  return auctionPacking(reports, copiesOf(settings.goods), tieOrder);
}

/** Bids that may win together, and are worth what is said. @throws MechaneError `invalid-division` */
function selectionIn({ packing }: AuctionPacking, selection: Selection, path: Path): Selection {
  try {
    recheckSelection(packing, selection);
  } catch (thrown) {
    if (thrown instanceof PackingError) throw otherBids(path, thrown.problem, 'bids of this scenario that may all win');
    throw thrown;
  }
  return selection;
}

interface Winner {
  readonly agent: AgentId;
  /** The bids that it wins. */
  readonly own: readonly number[];
  /** What all win together. */
  readonly best: Selection;
}

/** What would win without a winner. @throws MechaneError `invalid-division` */
function marginalIn(auction: AuctionPacking, { agent, own, best }: Winner, given: Selection, path: Path): Selection {
  const selection = selectionIn(auction, given, path);
  const [least, most] = [best.value - valueOfSets(auction.packing, own), best.value];
  if (bidsByAgent(auction, selection.sets).has(agent))
    throw otherBids([...path, 'sets'], 'the agent left out wins', 'bids of the others');
  if (selection.value < least || selection.value > most)
    throw otherBids([...path, 'value'], `this is ${selection.value}`, `${least} or more, ${most} or less`);
  return selection;
}
