import type { Mechanism } from '../contract/mechanism.ts';
import { takesNoColumns } from '../errors.ts';
import { refuseUnfitSettings } from '../input/read-play.ts';
import type { ServiceScope } from '../services/service-scope.ts';
import { ClockService } from '../services/token.ts';
import { beginningOf, resultOf, setupFor, typesIn } from './begin-run.ts';
import { unitNamed, unitOfColumns } from './choose-unit.ts';
import { conduct } from './conduct.ts';
import { type Conducted, throwIfAborted } from './conversing.ts';
import { countedIn, playedWith } from './counted-in.ts';
import { induced } from './induce.ts';
import { headerOf, type Journal } from './journal.ts';
import { efficiencyOf, finite } from './metrics.ts';
import { observed } from './observed.ts';
import { RecordedRounds } from './recorded-rounds.ts';
import type { Recording } from './recording.ts';
import { RunIdentity } from './run-identity.ts';
import type { RunInput, RunResult } from './run-types.ts';
import { readScript, recordingOf, type Script } from './script.ts';
import { settled } from './settled.ts';

/** Plays what needs no waiting: reports, messages or columns that are all there. */
export function runAtOnce(scope: ServiceScope, mechanism: Mechanism, play: RunInput): RunResult {
  throwIfAborted(play.signal);
  if (play.columns !== undefined) return runColumns(scope, mechanism, play);
  const identity = new RunIdentity(undefined, play.note);
  const script = readScript(scope, mechanism, play, identity);
  const { setup, types, reports } = script;
  return observed(scope, mechanism, setup, identity, () => {
    if (reports && play.journal === undefined)
      return resultOf(mechanism, setup, types, induced(script.mechanism, reports, setup));
    const resultFrom = (conducted: Conducted): RunResult => {
      script.finish();
      return resultOf(mechanism, setup, types, conducted);
    };
    if (play.journal === undefined) return resultFrom(conduct(script.mechanism, setup, script.hold));
    const recording = recordingOf(script, play, scope.resolve(ClockService), identity);
    return runRecorded(script, play, identity, recording, resultFrom);
  });
}

/** Takes down each message and each round as it closes, and the outcome once it is known to be one. */
function runRecorded(
  { mechanism, unit, setup, hold }: Script,
  play: RunInput,
  identity: RunIdentity,
  recording: Recording,
  resultFrom: (conducted: Conducted) => RunResult,
): RunResult {
  try {
    recording.open(beginningOf(mechanism, setup, play, unit, identity));
    const conducted = conduct(mechanism, setup, (round, number) => {
      const replies = hold(round, number);
      recording.round(round, number, replies);
      return replies;
    });
    const result = resultFrom(conducted);
    recording.add({ kind: 'closed', outcome: conducted.outcome });
    return result;
  } finally {
    recording.end();
  }
}

function runColumns(scope: ServiceScope, mechanism: Mechanism, play: RunInput): RunResult {
  const { columns } = mechanism;
  if (!columns) throw takesNoColumns(mechanism.id);
  const setup = setupFor(scope, mechanism, play, columns.agents(play.columns));
  refuseUnfitSettings(mechanism, setup.settings, { participants: setup.participants, reports: undefined });
  return observed(scope, mechanism, setup, new RunIdentity(undefined, play.note), () => {
    const unit = unitOfColumns(mechanism, setup.unit, setup.settings, play.columns);
    const played = unit === undefined ? columns : (countedIn(unit, mechanism).columns ?? columns);
    const decision = played.decide(play.columns, setup);
    const outcome = decision.outcome as object;
    const terms = setup.participants.length;
    const [welfare, bestWelfare, revenue] = [decision.welfare, decision.bestWelfare, decision.revenue].map((sum) =>
      unit === undefined ? settled(sum, Math.abs(sum), terms) : sum,
    ) as [number, number, number];
    const metrics = finite(mechanism.id, {
      participants: terms,
      rounds: mechanism.roundsOf?.(outcome) ?? 1,
      welfare,
      efficiency: efficiencyOf(welfare, bestWelfare),
      revenue,
    });
    return { mechanism: mechanism.id, outcome, metrics, seed: setup.seed } as RunResult;
  });
}

/** Plays a journal again. */
export function replay(scope: ServiceScope, mechanism: Mechanism, journal: Journal): RunResult {
  const header = headerOf(journal);
  const participants = [...header.participants];
  const identity = new RunIdentity(header.run, header.note);
  const setup = setupFor(scope, mechanism, header, participants, undefined, identity);
  const unit = header.unit === undefined ? undefined : unitNamed(header.unit);
  const played = playedWith(mechanism, unit, setup.sealing);
  const rounds = new RecordedRounds(journal, played, participants);
  return observed(scope, mechanism, setup, identity, () => {
    const conversed = conduct(played, setup, (round) => rounds.nextClosed(round));
    rounds.finish(conversed.outcome);
    return resultOf(mechanism, setup, typesIn(mechanism, setup, conversed), conversed);
  });
}
