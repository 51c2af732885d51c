import type { AgentId } from '../contract/agent.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { type RunSetup, throwIfAborted } from '../contract/setup.ts';
import { MechaneError } from '../errors.ts';
import { readMessages, readReports, readTypes, refuseUnfit } from '../input/read-play.ts';
import type { ServiceScope } from '../services/service-scope.ts';
import { EventsService, TelemetryService } from '../services/token.ts';
import { answeredByProxies, answeredInOrder, type Conducted, conduct, type HoldRound } from './conduct.ts';
import { induced } from './induce.ts';
import { type Journal, RecordedRounds } from './journal.ts';
import { efficiencyOf, finite } from './metrics.ts';
import { RunObserver } from './observer.ts';
import { headerOf, resultOf, setupFor } from './run-setup.ts';
import type { Play, RunResult } from './run-types.ts';

/** Plays what needs no waiting: reports, messages or columns that are all there. */
export function runAtOnce(scope: ServiceScope, mechanism: Mechanism, play: Play): RunResult {
  throwIfAborted(play.signal);
  if (play.columns !== undefined) return runColumns(scope, mechanism, play);
  if (play.messages !== undefined) return runMessages(scope, mechanism, play);
  return runReports(scope, mechanism, play);
}

function runReports(scope: ServiceScope, mechanism: Mechanism, play: Play): RunResult {
  const { setup, types, reports, hold } = readReported(scope, mechanism, play);
  return observed(scope, mechanism, setup, () => {
    const conducted = play.journal
      ? conductJournaled(mechanism, setup, play, hold)
      : induced(mechanism, reports, setup);
    return resultOf(mechanism, setup, types, conducted);
  });
}

function runMessages(scope: ServiceScope, mechanism: Mechanism, play: Play): RunResult {
  const { setup, hold, finish } = readMessaged(scope, mechanism, play);
  return observed(scope, mechanism, setup, () => {
    const conducted = conductJournaled(mechanism, setup, play, hold);
    finish();
    return resultOf(mechanism, setup, undefined, conducted);
  });
}

/** A conversation whose every reply is at hand. */
export interface Scripted {
  readonly setup: RunSetup;
  /** What agents are known to value. */
  readonly types: Reports | undefined;
  readonly hold: HoldRound;
  /** Refuses what nobody heard. */
  readonly finish: () => void;
}

/** Reads the reports or messages of a run. */
export function readScript(scope: ServiceScope, mechanism: Mechanism, play: Play): Scripted {
  throwIfAborted(play.signal);
  return play.messages === undefined ? readReported(scope, mechanism, play) : readMessaged(scope, mechanism, play);
}

function readReported(scope: ServiceScope, mechanism: Mechanism, play: Play): Scripted & { readonly reports: Reports } {
  const reports = readReports(mechanism, requireReports(mechanism, play));
  const types = readTypes(mechanism, reports, play.types);
  const setup = setupFor(scope, mechanism, play, [...reports.keys()]);
  refuseUnfit(mechanism, reports, setup.settings, 'reports');
  if (types !== reports) refuseUnfit(mechanism, types, setup.settings, 'types');
  let proxies: HoldRound | undefined;
  const hold: HoldRound = (round, number) => {
    proxies ??= answeredByProxies(mechanism, reports);
    return proxies(round, number);
  };
  return { setup, types, reports, hold, finish: nothingUnheard };
}

function nothingUnheard(): void {}

function readMessaged(scope: ServiceScope, mechanism: Mechanism, play: Play): Scripted {
  const messages = readMessages(mechanism, play.messages);
  const setup = setupFor(scope, mechanism, play, [...new Set(messages.map(([agent]) => agent))]);
  return { setup, types: undefined, ...answeredInOrder(messages) };
}

type Reports = ReadonlyMap<AgentId, unknown>;

function runColumns(scope: ServiceScope, mechanism: Mechanism, play: Play): RunResult {
  const { columns } = mechanism;
  if (!columns) {
    throw new MechaneError('invalid-columns', {
      problem: `${mechanism.id} takes no columns`,
      path: ['columns'],
      fix: 'give reports',
    });
  }
  const setup = setupFor(scope, mechanism, play, columns.agents(play.columns));
  return observed(scope, mechanism, setup, () => {
    const decision = columns.decide(play.columns, setup);
    const outcome = decision.outcome as object;
    const metrics = finite({
      participants: setup.participants.length,
      rounds: mechanism.roundsOf?.(outcome) ?? 1,
      welfare: decision.welfare,
      efficiency: efficiencyOf(decision.welfare, decision.bestWelfare),
      revenue: decision.revenue,
    });
    return { mechanism: mechanism.id, outcome, metrics, seed: setup.seed };
  });
}

/** Plays a journal again. */
export function replay(scope: ServiceScope, mechanism: Mechanism, journal: Journal): RunResult {
  const setup = setupFor(scope, mechanism, journal, journal.participants);
  const rounds = new RecordedRounds(journal, mechanism);
  return observed(scope, mechanism, setup, () => {
    const conducted = conduct(mechanism, setup, ({ agents }) => rounds.next(agents));
    rounds.finish(conducted.outcome);
    return resultOf(mechanism, setup, mechanism.direct ? rounds.lastReplies : undefined, conducted);
  });
}

/** Opened, then finished or failed, and its services disposed. */
function observed(scope: ServiceScope, mechanism: Mechanism, setup: RunSetup, play: () => RunResult): RunResult {
  const { resolve } = scope;
  const observer = new RunObserver(mechanism.id, setup.participants, resolve(EventsService), resolve(TelemetryService));
  try {
    const result = play();
    observer.finished(result);
    return result;
  } catch (thrown) {
    throw observer.failed(thrown);
  } finally {
    setup.scope?.dispose().catch(outcomeStands);
  }
}

/** When a run's service fails to close behind it, that changes nothing about what came out. */
function outcomeStands(): void {}

/** Takes down each round as it closes, where there is a journal. */
function conductJournaled(mechanism: Mechanism, setup: RunSetup, play: Play, hold: HoldRound): Conducted {
  const { journal } = play;
  if (!journal) return conduct(mechanism, setup, hold);
  journal.open(headerOf(mechanism, setup, play));
  const conducted = conduct(mechanism, setup, (round, number) => {
    const replies = hold(round, number);
    journal.round({ round: number, replies: [...replies] });
    return replies;
  });
  journal.close(conducted.outcome);
  return conducted;
}

function requireReports(mechanism: Mechanism, { reports }: Play): unknown {
  if (reports !== undefined) return reports;
  const direct = mechanism.report !== undefined;
  throw new MechaneError('invalid-scenario', {
    problem: direct ? 'there are no reports' : 'there are no messages',
    path: [direct ? 'reports' : 'messages'],
    expected: direct ? '"reports": { agent: report }' : '"messages": [[agent, message], …]',
    fix: `see: mechane describe ${mechanism.id}`,
  });
}
