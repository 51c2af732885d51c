import type { Scenario } from '@mechane/conformance';
import type { AgentId, Mechanism } from '@mechane/core';
import { readSettings } from '@mechane/core/host';
import { shellWord } from '../shell-word.ts';
import { questionOf } from './question.ts';

const anySeed = 1;

/** A shell command that puts scenarios to a mechanism in another language; where there are none, that examines it again. */
export function replayOf(
  command: string,
  mechanism: Mechanism,
  scenarios: readonly Scenario[],
  { seed, runs }: { readonly seed: number; readonly runs: number | undefined },
): string {
  const questions = scenarios.map((scenario) => {
    return shellWord(questionOf(settingsIn(mechanism, scenario), entries(scenario), scenario.seed ?? anySeed));
  });
  if (questions.length > 0) return `printf '%s\\n' ${questions.join(' ')} | ${grouped(command)}`;
  return `mechane verify --exec ${shellWord(command)} --seed ${seed}${runs === undefined ? '' : ` --runs ${runs}`}`;
}

/** With defaults filled in; as they are where they are none. */
function settingsIn(mechanism: Mechanism, { settings = {} }: Scenario): unknown {
  try {
    return readSettings(mechanism, settings).settings;
  } catch {
    return settings;
  }
}

/** A command of several parts reads standard input as one. */
function grouped(command: string): string {
  return /[;&|<>\n]/.test(command) ? `(${command})` : command;
}

function entries({ reports = {} }: Scenario): readonly (readonly [AgentId, unknown])[] {
  return Array.isArray(reports) ? reports : Object.entries(reports);
}
