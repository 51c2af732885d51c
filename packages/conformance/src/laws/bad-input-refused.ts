import { type AgentId, formatPath, isMechaneError } from '@mechane/core';
import type { Reports } from '../case.ts';
import type { Trial } from '../examination/trial.ts';
import { isRecord, numbersIn, withLeaf } from '../game/leaves.ts';
import { paymentFlaw } from '../game/outcome-flaws.ts';
import { plainCopy } from '../game/plain-copy.ts';
import { inText } from '../game/unplayable.ts';
import type { Finding, Law } from '../law.ts';

/** Input that no schema of the public data format lets pass, and how to call it. */
interface Junk {
  readonly what: string;
  readonly settings: unknown;
  readonly reports: Readonly<Record<AgentId, unknown>>;
  /** Where the error must point. */
  readonly at: 'reports' | 'settings';
  /** Whether the mechanism may have a use for it, as where a report may hold any JSON. */
  readonly arguable: boolean;
}

const profilesTried = 4;

/** Only what JSON cannot say and what is not even of the right shape must be refused; anything else must be refused or work. */
export const badInputRefused: Law = {
  name: 'structural/bad-input-refused',
  says: 'input that means nothing is refused with a coded error that points at it',
  playsPerRun: 2,
  irrelevant: ({ game }) => (game.mechanism.report ? undefined : 'it takes no reports'),
  *examine(trial) {
    let examined = 0;
    const sizes = [Math.max(1, trial.fewest), Math.max(2, trial.fewest)].map((size) => Math.min(trial.most, size));
    for (let tried = 0; tried < (trial.drawn ? 1 : profilesTried); tried++) {
      const { types } = trial.profiles.next(sizes);
      for (const junk of junkFor(trial, types)) {
        examined += 1;
        const flaw = acceptance(trial, junk, types);
        if (flaw !== undefined) return refuted(trial, junk, flaw, examined);
        yield undefined;
      }
    }
    return { method: 'search', examined, extent: `${examined} kinds of nonsense` };
  },
};

function* junkFor({ game }: Trial, types: Reports): Generator<Junk> {
  const settings = game.given as object;
  const reports = Object.fromEntries(types);
  const [agent, type] = [...types][0] as [AgentId, unknown];
  const said = (what: string, report: unknown, arguable = false): Junk => ({
    what,
    settings,
    reports: { ...reports, [agent]: report },
    at: 'reports',
    arguable,
  });
  const set = (what: string, given: unknown): Junk => ({
    what,
    settings: given,
    reports,
    at: 'settings',
    arguable: false,
  });
  for (const nothing of [undefined, null, true, 'a bid', 7, [], () => 0]) {
    const sameShape =
      typeof nothing === typeof type && Array.isArray(nothing) === Array.isArray(type) && nothing !== null;
    yield said(nothing === undefined ? 'no report' : `${String(nothing) || 'a list'} for a report`, nothing, sameShape);
  }
  for (const [path] of numbersIn(type)) {
    const place = formatPath(['report', ...path]);
    for (const number of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      yield said(`${number} for ${place}`, withLeaf(type, path, number));
    }
    for (const other of ['7', null, -1, {}, [7], 1e308]) {
      yield said(`${JSON.stringify(other)} for ${place}`, withLeaf(type, path, other), true);
    }
  }
  if (isRecord(type)) yield said('an unknown key in a report', { ...type, nobodyKnowsThisKey: 1 });
  yield set('an unknown key in the settings', { ...settings, nobodyKnowsThisKey: 1 });
  yield set('null for the settings', null);
  yield set('an unknown way to break ties', { ...settings, breakTie: 'by whim' });
  for (const [path] of numbersIn(settings)) {
    yield set(`NaN for ${formatPath(['settings', ...path])}`, withLeaf(settings, path, Number.NaN));
  }
}

/** What is wrong with how the mechanism took the junk; `undefined` where it refused it well. */
function acceptance({ game, examination }: Trial, junk: Junk, types: Reports): string | undefined {
  const { settings, reports, at, arguable } = junk;
  game.work += 1;
  try {
    const { outcome } = examination.mechane.untyped.run(game.mechanism.id, { settings, reports });
    if (!arguable) return `is accepted`;
    const { copy, flaw } = plainCopy(outcome);
    const found = flaw ?? paymentFlaw(copy as object, types.keys());
    return found === undefined ? undefined : `is accepted, and then ${found}`;
  } catch (thrown) {
    if (!isMechaneError(thrown) || thrown.code === 'mechanism-failed')
      return `makes the mechanism fail: ${inText(thrown)}`;
    return thrown.path[0] === at ? undefined : `is refused, but the error points at ${formatPath(thrown.path)}`;
  }
}

function refuted({ game }: Trial, junk: Junk, flaw: string, examined: number): Finding {
  return {
    method: 'search',
    examined,
    extent: '',
    violation: {
      counterexample: {
        settings: readable(junk.settings),
        types: readable(junk.reports) as Readonly<Record<string, unknown>>,
      },
      reason: `${junk.what} ${flaw}`,
      scenarios: isJson(junk) ? [{ mechanism: game.mechanism.id, settings: junk.settings, reports: junk.reports }] : [],
    },
  };
}

/** Numbers that JSON cannot say, as text. */
function readable(content: unknown): unknown {
  let read = content;
  for (const [path, number] of numbersIn(content)) {
    if (!Number.isFinite(number)) read = withLeaf(read, path, String(number));
  }
  return read;
}

function isJson({ settings, reports }: Junk): boolean {
  const finite = [...numbersIn(settings), ...numbersIn(reports)].every(([, number]) => Number.isFinite(number));
  return finite && Object.values(reports).every((report) => report !== undefined && typeof report !== 'function');
}
