import type { Arena } from './arena.ts';
import type { Bench } from './bench.ts';
import type { Case } from './case.ts';
import { broken, type CaseLaw, type Height, searched } from './case-law.ts';
import { type Exhausted, exhaust } from './exhaust.ts';
import type { Finding, Law } from './law.ts';
import { minimal } from './minimal.ts';
import { search } from './search.ts';
import { nothingSeen, type Seen } from './seen.ts';
import { Unplayable } from './unplayable.ts';

/** The law with its search: all of the grid, then random profiles, then the smallest counterexample. */
export function caseLaw(law: CaseLaw): Law {
  return {
    ...law,
    async judge(bench, given, approximately) {
      const height = heightIn(law, bench.arena, approximately, nothingSeen());
      return height(given) === broken ? law.explain(bench.arena, given) : undefined;
    },
    async examine(bench, approximately) {
      const seen = nothingSeen();
      const height = heightIn(law, bench.arena, approximately, seen);
      const { found, ...exhausted } = await exhaust(law, bench, height);
      const culprit = found ?? (await search(law, bench, height));
      if (!culprit) return conclude(seen, exhausted, law, bench);
      const examined = seen.judged;
      const smallest = await minimal(law, bench, culprit, (given) => height(given) === broken);
      const violation = law.explain(bench.arena, smallest);
      return { method: found ? 'exhaustive' : 'search', examined, extent: '', violation };
    },
  };
}

/** A case that cannot be played breaks no law but those about being played. */
export function heightIn(law: CaseLaw, arena: Arena, approximately: number | undefined, seen: Seen): Height {
  return (given) => {
    if (!canBeSaid(arena, given)) return Number.NEGATIVE_INFINITY;
    try {
      const excess = law.excess(arena, given, approximately);
      seen.judged += 1;
      if (excess > 0 && excess > arena.toleranceFor(given.types, given.deviation)) return broken;
      return excess;
    } catch (thrown) {
      if (!(thrown instanceof Unplayable)) throw thrown;
      seen[thrown.kind] += 1;
      return Number.NEGATIVE_INFINITY;
    }
  };
}

/** Whether nobody lies about what is public, however a case was found. */
function canBeSaid({ domain, settings }: Arena, { types, deviation }: Case): boolean {
  if (domain.mayReport === undefined) return true;
  for (const [agent, report] of deviation) {
    if (report === null || !types.has(agent)) continue;
    if (!domain.mayReport(types.get(agent), report, settings)) return false;
  }
  return true;
}

function conclude(seen: Seen, { complete, isProof }: Omit<Exhausted, 'found'>, law: CaseLaw, bench: Bench): Finding {
  const { judged, refused, broke } = seen;
  const drawn = law.gridOnly || bench.profiles.length === 0 ? [] : [`${searched(law, bench).length} random profiles`];
  const failures = broke > 0 ? `; ${broke} cases could not be played because the mechanism failed` : '';
  const finding: Finding = {
    method: isProof ? 'exhaustive' : 'search',
    examined: judged,
    extent: [...(complete === undefined ? [] : [complete]), ...drawn].join(' and ') + failures,
  };
  if (judged > 0 && broke <= judged) return finding;
  const why = broke > 0 ? `it failed in ${broke} cases` : `it refused ${refused} cases, and there were no others`;
  return { ...finding, undecided: `too little could be examined: ${why}` };
}
