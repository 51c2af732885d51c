import type { Domain, Subject } from '@mechane/conformance';
import { type AgentId, directMechanism, MechaneError, type Mechanism, type Setup } from '@mechane/core';
import type { RunSetup } from '@mechane/core/host';
import { badDescription, saidBy } from '../errors.ts';
import { type Description, describedBy } from './description.ts';
import { foreignDomain } from './foreign-domains.ts';
import type { ForeignProcess } from './foreign-process.ts';
import { questionOf } from './question.ts';
import { replayOf } from './replay.ts';
import { settingsToTry } from './settings-to-try.ts';

type Kit = typeof import('@mechane/conformance');

const lotteriesTried = 5;

/** What the kit examines of a mechanism that a process conducts. @throws CliError */
export function foreignSubject(process: ForeignProcess, kit: Kit): Subject {
  const described = describedBy(process);
  const { id, summary, claims, report } = described;
  let drawsLots = false;
  const mechanism = directMechanism({
    id,
    summary,
    settings: described.settings,
    report,
    claims: () => claims,
    decide(reports, setup) {
      // Whoever asks for chance is known to draw lots.
      if (drawsLots) setup.random.below(1);
      const outcome = outcomeOf(process, questionOf(setup.settings, reports, seedOf(setup)));
      return reports.size === setup.participants.length ? outcome : withTheSilent(outcome, setup.participants);
    },
  }) as object as Mechanism;
  const { domain, settings } = groundOf(process, described, kit);
  drawsLots = seemsToDrawLots(process, domain, described.settings.parse(settings));
  return {
    mechanism,
    domain,
    settings: [settings],
    elsewhere: {
      computed: () => process.waited,
      patience: 3 * process.patience.others,
      foresee: (given, plays) => process.foresee(plays.map(({ reports, seed }) => questionOf(given, reports, seed))),
      replay: (scenarios, again) => replayOf(process.command, mechanism, scenarios, again),
    },
  };
}

/** The domain, and settings to begin with, having seen that the mechanism takes its reports. @throws CliError */
function groundOf(
  { command }: ForeignProcess,
  { domain: name, settings: schema, settingsSchema, report }: Description,
  kit: Kit,
): { readonly domain: Domain; readonly settings: object } {
  const { domain, known, needs } = foreignDomain(kit, name);
  const settings = settingsToTry(settingsSchema, known);
  const parsed = schema.safeParse(settings);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = ['settings', ...((issue?.path ?? []) as (string | number)[])];
    const problem = `there are no settings to begin with: ${issue?.message} in ${JSON.stringify(settings)}`;
    throw badDescription(command, path, problem, 'a default, or examples, for each setting that is required');
  }
  if (needs !== undefined && !(needs in (parsed.data as object))) {
    const problem = `the domain ${name} reads the setting ${needs}, which it does not have`;
    throw badDescription(command, ['settings', needs], problem, `such as ${JSON.stringify(known)}`);
  }
  const [type] = gridOf(domain, parsed.data, (why) =>
    badDescription(
      command,
      ['settings'],
      `the domain ${name} makes nothing of ${JSON.stringify(settings)}: ${why}`,
      'settings of the domain',
    ),
  );
  const read = report.safeParse(type);
  if (!read.success) {
    const problem = `its schema does not take ${JSON.stringify(type)}, a report of the domain ${name}: ${read.error.issues[0]?.message}`;
    throw badDescription(command, ['report'], problem, 'a schema of the reports of the domain');
  }
  return { domain, settings };
}

/** The simple types of a domain. @throws what is made of why there are none */
function gridOf(domain: Domain, settings: unknown, failure: (why: string) => Error): readonly unknown[] {
  try {
    domain.types(settings);
    return domain.grid(settings);
  } catch (thrown) {
    throw failure(saidBy(thrown));
  }
}

/** Whether the seed makes a difference among agents who say the same. */
function seemsToDrawLots(process: ForeignProcess, domain: Domain, settings: unknown): boolean {
  const type = domain.grid(settings).at(-1);
  const types = domain.together?.([type, type, type], settings) ?? [type, type, type];
  const reports = new Map(['ann', 'bob', 'cat'].map((agent, index) => [agent, types[index]]));
  const said = new Set<string>();
  for (let seed = 1; seed <= lotteriesTried; seed++) said.add(process.ask(questionOf(settings, reports, seed)));
  return said.size > 1;
}

/** The seed of a run, as whoever hosts it knows it. */
function seedOf(setup: Setup): number {
  return (setup as RunSetup).drawnSeed();
}

/** What a process makes of a question. @throws MechaneError where it refuses, CliError where it answers nothing that makes sense */
function outcomeOf(process: ForeignProcess, question: string): Record<string, unknown> {
  const line = process.ask(question);
  let answer: unknown;
  try {
    answer = JSON.parse(line);
  } catch {
    process.refuse(question, line, 'this is no JSON');
  }
  const { outcome, error } = (isRecord(answer) ? answer : {}) as { outcome?: unknown; error?: unknown };
  if (isRecord(outcome) && error === undefined) return outcome;
  if (isRecord(error) && outcome === undefined) throw refusal(error);
  return process.refuse(question, line, 'it has neither an "outcome" nor an "error"');
}

/** Who says nothing takes part as well, and pays nothing: the process never hears of it. */
function withTheSilent(outcome: Readonly<Record<string, unknown>>, participants: readonly AgentId[]): object {
  const { payments } = outcome;
  if (!isRecord(payments)) return outcome;
  const named = new Map<AgentId, unknown>(participants.map((agent) => [agent, 0]));
  for (const agent of Object.keys(payments)) named.set(agent, payments[agent]);
  return { ...outcome, payments: Object.fromEntries(named) };
}

/** The error of a process as one of ours. */
function refusal({ code, message }: Readonly<Record<string, unknown>>): MechaneError<string> {
  const isAboutSettings = typeof code === 'string' && code.includes('setting');
  return new MechaneError<string>(isAboutSettings ? 'invalid-settings' : 'invalid-report', {
    problem: `${String(code ?? 'error')}: ${String(message ?? '')}`,
    path: [isAboutSettings ? 'settings' : 'reports'],
  });
}

function isRecord(content: unknown): content is Record<string, unknown> {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}
