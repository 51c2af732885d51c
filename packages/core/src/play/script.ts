import type { AgentId } from '../contract/agent.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { nothingSaid } from '../errors.ts';
import { readMessages, readReports, readTypes, refuseUnfit, refuseUnfitSettings } from '../input/read-play.ts';
import type { Clock } from '../services/clock.ts';
import type { ServiceScope } from '../services/service-scope.ts';
import { setupFor } from './begin-run.ts';
import { unitOfMessages, unitOfReports } from './choose-unit.ts';
import { answeredByProxies, answeredInOrder, type HoldRound } from './conduct.ts';
import { playedWith } from './counted-in.ts';
import type { Journal } from './journal.ts';
import { Recording } from './recording.ts';
import type { RunIdentity } from './run-identity.ts';
import type { RunSetup } from './run-setup.ts';
import type { RunInput } from './run-types.ts';
import type { Unit } from './unit.ts';

type Reports = ReadonlyMap<AgentId, unknown>;

/** A conversation whose every reply is at hand. */
export interface Script {
  /** What is played: the mechanism, its money counted in a unit where there are decimals. */
  readonly mechanism: Mechanism;
  readonly unit: Unit | undefined;
  readonly setup: RunSetup;
  /** What agents are known to value. */
  readonly types: Reports | undefined;
  /** What was reported, where the proxies speak. */
  readonly reports: Reports | undefined;
  readonly hold: HoldRound;
  /** Whether it says when things happen, so that its journal has those times. */
  readonly isTimed: boolean;
  /** Refuses what nobody heard. */
  readonly finish: () => void;
}

/** Reads the reports or messages of a run. */
export function readScript(scope: ServiceScope, mechanism: Mechanism, play: RunInput, identity: RunIdentity): Script {
  const read = play.messages === undefined ? reported : messaged;
  return read(scope, mechanism, play, identity);
}

function reported(scope: ServiceScope, mechanism: Mechanism, play: RunInput, identity: RunIdentity): Script {
  if (play.reports === undefined) throw nothingSaid(mechanism.id, mechanism.report !== undefined);
  const reports = readReports(mechanism, play.reports);
  const types = readTypes(mechanism, reports, play.types);
  const setup = setupFor(scope, mechanism, play, [...reports.keys()], undefined, identity);
  refuseUnfitSettings(mechanism, setup.settings, { participants: setup.participants, reports });
  refuseUnfit(mechanism, reports, setup.settings, 'reports');
  if (types !== reports) refuseUnfit(mechanism, types, setup.settings, 'types');
  const unit = unitOfReports(mechanism, setup.unit, setup.settings, reports);
  const played = playedWith(mechanism, unit, setup.sealing);
  let proxies: HoldRound | undefined;
  const hold: HoldRound = (round, number) => {
    proxies ??= answeredByProxies(played, reports);
    return proxies(round, number);
  };
  const isTimed = mechanism.speaksAt !== undefined;
  return { mechanism: played, unit, setup, types, reports, hold, isTimed, finish: nothingUnheard };
}

function nothingUnheard(): void {}

function messaged(scope: ServiceScope, mechanism: Mechanism, play: RunInput, identity: RunIdentity): Script {
  const messages = readMessages(mechanism, play.messages);
  const setup = setupFor(scope, mechanism, play, [...new Set(messages.map(([agent]) => agent))], undefined, identity);
  const unit = unitOfMessages(mechanism, setup.unit, setup.settings, messages);
  const played = playedWith(mechanism, unit, setup.sealing);
  const isTimed = mechanism.endsItself || messages.some(({ length }) => length === 3);
  return {
    mechanism: played,
    unit,
    setup,
    types: undefined,
    reports: undefined,
    isTimed,
    ...answeredInOrder(messages),
  };
}

/** Takes a script down, by its own times where it says them. */
export function recordingOf(
  { isTimed }: Script,
  { journal }: RunInput,
  clock: Clock,
  { id }: RunIdentity,
  recorded?: Journal,
): Recording {
  const recording = new Recording(journal, isTimed ? fromTheOpening : clock, recorded?.entries);
  recording.run = id;
  return recording;
}

/** The times of a script are counted from its opening, whenever that was. */
const fromTheOpening: Clock = { now: () => 0, after: () => nothingUnheard };
