import type { AgentId } from './contract/agent.ts';
import {
  type CoreErrorCode,
  type ErrorDetails,
  isMechaneError,
  MechaneError,
  type Path,
  quote,
} from './contract/mechane-error.ts';
import type { Refusal } from './contract/refusal.ts';
import { listed } from './input/in-words.ts';
import { nearestKey } from './input/nearest-key.ts';
import type { RoundedNumber } from './input/rounded-numbers.ts';

/*
 * Every error of this package: one function each, named after what has gone wrong.
 */

// Input

/** Something whose schema says what is wrong with it. */
export function unfit(
  code: CoreErrorCode,
  problem: string,
  path: Path,
  rest: Partial<ErrorDetails> = {},
): MechaneError {
  return new MechaneError(code, { ...rest, problem, path });
}

/** Input that fights back: a getter that throws, a circle. */
export function unreadable(code: CoreErrorCode, path: Path, cause: unknown): MechaneError {
  return new MechaneError(code, {
    problem: 'it cannot be read',
    path,
    expected: 'plain data',
    fix: 'give what JSON can say',
    cause,
  });
}

/** A key nobody knows, with the nearest known one. */
export function unknownKey(
  key: string,
  path: Path,
  known: readonly string[],
  alternatives?: string,
): MechaneError<'unknown-key'> {
  // Where it is known, it is so of another alternative.
  const others = known.filter((name) => name !== key);
  const nearest = nearestKey(key, others);
  const keys = listed(others.map((name) => quote(name)));
  return new MechaneError('unknown-key', {
    problem: `the key ${quote(key)} is not known`,
    path: [...path, key],
    expected: alternatives ?? (keys === '' ? 'no keys' : keys),
    fix: nearest === undefined ? 'remove the key' : `did you mean ${quote(nearest)}?`,
  });
}

/** A value that is none of those that are taken, with the nearest of them. `values` are as JSON writes them. */
export function notAmong(given: unknown, values: readonly string[], code: CoreErrorCode, path: Path): MechaneError {
  const texts = values.flatMap((value) => (value.startsWith('"') ? [JSON.parse(value) as string] : []));
  const nearest = typeof given === 'string' ? nearestKey(given, texts) : undefined;
  const problem = typeof given === 'string' ? `${quote(given)} is not among them` : `${typeof given} was given`;
  return new MechaneError(code, {
    problem: given === undefined ? 'it is missing' : problem,
    path,
    expected: listed(values),
    fix: nearest === undefined ? oneOf(values) : `did you mean ${quote(nearest)}?`,
  });
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? `give ${values[0]}` : 'give one of them';
}

/** Text, an array or nothing in the place of an object with keys. */
export function noRecord(value: unknown, code: CoreErrorCode, path: Path, expected: string): MechaneError {
  const received = value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value;
  return new MechaneError(code, { problem: `${received} was given`, path, expected, fix: `give ${expected}` });
}

export function noPair(code: CoreErrorCode, path: Path): MechaneError {
  return new MechaneError(code, {
    problem: 'this is no pair',
    path,
    expected: 'a pair of agent id and content',
    fix: 'write it as ["agent", …]',
  });
}

export function noMessageList(): MechaneError<'invalid-message'> {
  return new MechaneError('invalid-message', {
    problem: 'the messages are no list',
    path: ['messages'],
    expected: 'a list of [agent, message]',
    fix: 'give "messages": [[agent, message], …]',
  });
}

/** A scenario or a run without what the mechanism decides on. */
export function nothingSaid(mechanism: string, takesReports: boolean): MechaneError<'invalid-scenario'> {
  return new MechaneError('invalid-scenario', {
    problem: takesReports ? 'there are no reports' : 'there are no messages',
    path: [takesReports ? 'reports' : 'messages'],
    expected: takesReports ? '"reports": { agent: report }' : '"messages": [[agent, message], …]',
    fix: `see: mechane describe ${mechanism}`,
  });
}

export function takesNoReports(mechanism: string): MechaneError<'invalid-scenario'> {
  return new MechaneError('invalid-scenario', {
    problem: `${mechanism} takes messages, not reports`,
    path: ['reports'],
    fix: 'give "messages": [[agent, message], …]',
  });
}

export function takesNoColumns(mechanism: string): MechaneError<'invalid-columns'> {
  return new MechaneError('invalid-columns', {
    problem: `${mechanism} takes no columns`,
    path: ['columns'],
    fix: 'give reports',
  });
}

export function invalidColumns(
  path: Path,
  problem: string,
  expected: string,
  fix: string,
): MechaneError<'invalid-columns'> {
  return new MechaneError('invalid-columns', { problem, path: ['columns', ...path], expected, fix });
}

/** An amount of money that cannot be counted in the unit of the run: it is finer, or beyond the whole numbers that doubles can tell apart. */
export function imprecise(amount: number, unit: number, path: Path): MechaneError<'imprecise-amount'> {
  const { code, ...why } = whyImprecise(amount, unit, path);
  return new MechaneError(code, why);
}

/** What is wrong with an amount that cannot be counted in a unit. */
export function whyImprecise(
  amount: number,
  unit: number,
  path: Path,
): Refusal & { readonly code: 'imprecise-amount' } {
  const code = 'imprecise-amount';
  const most = Number.MAX_SAFE_INTEGER;
  if (Math.abs(amount) / unit <= most) {
    return {
      code,
      problem: `${amount} is finer than the smallest amount that counts, ${unit}`,
      path,
      expected: `a multiple of ${unit}`,
      fix: 'round it, or set "unit" to the smallest amount that is to count',
    };
  }
  const larger = 10 ** Math.ceil(Math.log10(Math.abs(amount) / most));
  return {
    code,
    problem: `${amount} is so large that amounts of ${unit} more or less cannot be told apart`,
    path,
    expected: `at most ${most} times the smallest amount that counts`,
    fix: `count in a larger unit: "unit": ${larger}`,
  };
}

/** A number in a text that would count as another. */
export function roundedAmount(rounded: RoundedNumber, path: Path = rounded.path): MechaneError<'imprecise-amount'> {
  const { code, ...why } = whyRounded(rounded);
  return new MechaneError(code, { ...why, path });
}

/** What is wrong with a number that would count as another. */
export function whyRounded({ written, kept, path }: RoundedNumber): Refusal & { readonly code: 'imprecise-amount' } {
  const shown = written.length > 60 ? `${written.slice(0, 60)}…` : written;
  const isTooLarge = Math.abs(kept) > Number.MAX_SAFE_INTEGER;
  return {
    code: 'imprecise-amount',
    problem: `${shown} has more digits than are kept: it would count as ${kept}`,
    path,
    expected: 'at most 15 digits, or those of a double',
    fix: isTooLarge ? 'count in a larger unit, or give it as text' : `write ${kept}, or count in another unit`,
  };
}

/** A unit that is none. */
export function noUnit(): MechaneError<'invalid-settings'> {
  return new MechaneError('invalid-settings', {
    problem: 'no amount can be counted in this unit',
    path: ['settings', 'unit'],
    expected: 'an amount above 0 with at most 22 decimals, like 0.01',
    fix: 'give one that all amounts are multiples of, or leave it out',
  });
}

/** A unit for a mechanism that has no money. */
export function unitWithoutMoney(mechanism: string): MechaneError<'invalid-settings'> {
  return new MechaneError('invalid-settings', {
    problem: `${mechanism} has no money, so there is no unit of it`,
    path: ['settings', 'unit'],
    fix: 'leave it out',
  });
}

/** Commitments for a mechanism whose agents say more than one thing. */
export function onlyForDirect(mechanism: string): MechaneError<'invalid-settings'> {
  return new MechaneError('invalid-settings', {
    problem: `${mechanism} has rounds of its own, so that no single report could be committed to`,
    path: ['settings', 'sealing'],
    fix: 'leave it out',
  });
}

// Agents

export function noAgentId(given: unknown): MechaneError<'unknown-agent'> {
  return new MechaneError('unknown-agent', {
    problem: `${typeof given} was given`,
    path: ['agents'],
    expected: 'an agent id',
    fix: 'give the id as text',
  });
}

export function duplicateAgent(id: AgentId, path: Path): MechaneError<'duplicate-agent'> {
  return new MechaneError('duplicate-agent', {
    problem: `the agent ${quote(id)} appears twice`,
    path,
    expected: 'every agent once',
    fix: 'merge its reports or rename one',
  });
}

export function unknownAgent(id: AgentId, known: readonly AgentId[], path: Path): MechaneError<'unknown-agent'> {
  const nearest = nearestKey(id, known.slice(0, 1000));
  return new MechaneError('unknown-agent', {
    problem: `no agent is called ${quote(id)}`,
    path: [...path, id],
    expected: 'an agent that takes part',
    fix: nearest === undefined ? 'name an agent that takes part' : `did you mean ${quote(nearest)}?`,
  });
}

// Messages of live runs

/** A message that is well formed but cannot stand where it comes. */
export function outOfPlace({ code = 'invalid-message', ...flaw }: Refusal, path: Path): MechaneError {
  return new MechaneError(code, { ...flaw, path: [...path, ...(flaw.path ?? [])] });
}

/** A message of a scenario that comes when its sender is not asked any more. */
export function unheardMessage(position: number): MechaneError<'invalid-message'> {
  return new MechaneError('invalid-message', {
    problem: 'this message is out of turn: the mechanism had stopped listening to its sender',
    path: ['messages', position],
    fix: 'send it earlier, or leave it out',
  });
}

/** A message that comes when nothing is asked any more. */
export function lateMessage(agent: AgentId): MechaneError<'late-message'> {
  return new MechaneError('late-message', {
    problem: 'the round was over when this message came',
    path: ['messages', agent],
    fix: 'answer before the deadline, or stop when the signal aborts',
  });
}

export function duplicateMessage(agent: AgentId): MechaneError<'duplicate-message'> {
  return new MechaneError('duplicate-message', {
    problem: 'this agent has answered already',
    path: ['messages', agent],
    fix: 'answer once a round',
  });
}

export function outOfTurn(agent: AgentId): MechaneError<'out-of-turn'> {
  return new MechaneError('out-of-turn', {
    problem: 'this agent is not asked in this round',
    path: ['messages', agent],
    fix: 'wait to be asked',
  });
}

/** A key under which something else was said before. */
export function keyReused(key: string, agent: AgentId): MechaneError<'key-reused'> {
  return new MechaneError('key-reused', {
    problem: `the agent has said something else under the key ${quote(key)}`,
    path: ['messages', agent],
    fix: 'give every message a key of its own, and repeat one only with the same message',
  });
}

export function notRevisable(id: string, agent: AgentId): MechaneError<'not-revisable'> {
  return new MechaneError('not-revisable', {
    problem: `what was said to ${id} cannot be taken back`,
    path: ['messages', agent],
    fix: 'wait for the next round, if there is one',
  });
}

export function nothingToWithdraw(agent: AgentId): MechaneError<'out-of-turn'> {
  return new MechaneError('out-of-turn', {
    problem: 'this agent has said nothing in this round that it could take back',
    path: ['messages', agent],
    fix: 'submit something first',
  });
}

/** A message that says what time it is. */
export function saysItsTime(agent: AgentId): MechaneError<'invalid-message'> {
  return new MechaneError('invalid-message', {
    problem: 'this message says its own time, which is for the host to say',
    path: ['messages', agent],
    fix: 'leave the time out',
  });
}

export function closedEntry(problem: string): MechaneError<'closed-entry'> {
  return new MechaneError('closed-entry', {
    problem,
    path: ['agents'],
    fix: 'name all agents when the run is opened',
  });
}

/** A deadline that is none. */
export function invalidDeadline(name: string, problem: string, expected: string): MechaneError<'invalid-deadline'> {
  return new MechaneError('invalid-deadline', { problem, path: [name], expected, fix: 'give that, or leave it out' });
}

/** An end of a run in which agents first commit and then reveal: it would come with the first round. */
export function noTimeToReveal(): MechaneError<'invalid-deadline'> {
  return invalidDeadline(
    'closesAt',
    'the run would close before anybody could reveal what they are bound to',
    '"within", which each of the two rounds has',
  );
}

/** A message of a scenario that comes after the end that the mechanism set. */
export function lateInScenario(position: number, closesAt: number): MechaneError<'late-message'> {
  return new MechaneError('late-message', {
    problem: `the end had come, ${closesAt} ms after the opening, when this message came`,
    path: ['messages', position],
    fix: 'send it earlier, or leave it out',
  });
}

/** A message of a scenario that comes before the one before it. */
export function earlierMessage(position: number): MechaneError<'invalid-message'> {
  return new MechaneError('invalid-message', {
    problem: 'this message came before the one that stands before it',
    path: ['messages', position, 2],
    expected: 'times that never decrease',
    fix: 'put the messages in order',
  });
}

// Mechanisms, plugins and generators

export function badMechanismId(id: string): MechaneError<'invalid-mechanism'> {
  return new MechaneError('invalid-mechanism', {
    problem: `the id ${quote(id)} does not name a package and a mechanism`,
    path: ['id'],
    expected: 'an id like "auction-sealed/second-price"',
    fix: 'put the name of your package, a slash and the name of the mechanism, in lower-case letters, digits and hyphens',
  });
}

export function proxyMissing(id: string): MechaneError<'invalid-mechanism'> {
  return new MechaneError('invalid-mechanism', {
    problem: `${id} takes reports but has no proxy`,
    path: ['proxy'],
    fix: 'add proxy: (report) => (ask) => message, the straightforward strategy',
  });
}

export function badGeneratorId(): MechaneError<'invalid-generator'> {
  return new MechaneError('invalid-generator', {
    problem: 'the id of a generator is no short name',
    path: ['id'],
    expected: 'lower-case letters, digits and hyphens, like "cats-regions"',
    fix: 'give it such a name, short enough to type',
  });
}

export function unknownMechanism(id: unknown, known: readonly string[]): MechaneError<'unknown-mechanism'> {
  const nearest = typeof id === 'string' ? nearestId(id, known) : undefined;
  const name = typeof id === 'string' ? id.slice(0, Math.max(0, id.indexOf('/'))) : '';
  const install = /^[a-z][a-z-]{0,40}$/.test(name)
    ? `install the plugin that has it (npm install @mechane/${name})`
    : undefined;
  return new MechaneError('unknown-mechanism', {
    problem: typeof id === 'string' ? `no plugin in use has the mechanism ${quote(id)}` : 'no mechanism is named',
    path: ['mechanism'],
    expected: known.length === 0 ? 'a plugin in use' : listed(known),
    fix: nearest ? `did you mean ${quote(nearest)}?` : (install ?? 'use() the plugin that has it'),
  });
}

/** The id that was probably meant: one of that name in another package, where the package in use has none; or the nearest text. */
function nearestId(id: string, known: readonly string[]): string | undefined {
  const slash = id.indexOf('/');
  const inUse = slash > 0 && known.some((other) => other.startsWith(id.slice(0, slash + 1)));
  return (inUse ? known.find((other) => other.endsWith(id.slice(slash))) : undefined) ?? nearestKey(id, known);
}

export function unknownGenerator(id: unknown, known: readonly string[]): MechaneError<'unknown-generator'> {
  const nearest = typeof id === 'string' ? nearestKey(id, known) : undefined;
  return new MechaneError('unknown-generator', {
    problem: typeof id === 'string' ? `no plugin in use has the generator ${quote(id)}` : 'no generator is named',
    expected: known.length === 0 ? 'a plugin in use that has generators' : listed(known),
    fix: nearest ? `did you mean ${quote(nearest)}?` : 'use() the plugin that has it',
  });
}

/** A package and its version, as an error names them. */
interface Named {
  readonly name: string;
  readonly version: string;
}

export function noPlugin(): MechaneError<'invalid-plugin'> {
  return new MechaneError('invalid-plugin', {
    problem: 'this is no plugin',
    expected: 'what definePlugin returns',
    fix: 'pass the plugin itself, not its module or a promise of it',
  });
}

export function notAMechanism(plugin: string, index: number): MechaneError<'invalid-plugin'> {
  return new MechaneError('invalid-plugin', {
    problem: `${plugin} lists something that is no mechanism`,
    path: ['mechanisms', index],
    fix: 'make it with defineMechanism or directMechanism',
  });
}

export function incompatiblePlugin(
  { name, version }: Named,
  itsApi: number,
  ourApi: number,
): MechaneError<'incompatible-plugin'> {
  return new MechaneError('incompatible-plugin', {
    problem: `${name} ${version} is written for plugin API ${itsApi}, this core has ${ourApi}`,
    path: ['apiVersion'],
    fix: itsApi < ourApi ? `npm install ${name}@latest` : 'npm install @mechane/core@latest',
  });
}

/** Two mechanisms of one id in one plugin. */
export function definedTwice(plugin: string, id: string, index: number): MechaneError<'duplicate-mechanism'> {
  return new MechaneError('duplicate-mechanism', {
    problem: `${plugin} defines ${quote(id)} twice`,
    path: ['mechanisms', index, 'id'],
    fix: 'give every mechanism an id of its own',
  });
}

export function duplicateMechanism(id: string, owner: Named, plugin: Named): MechaneError<'duplicate-mechanism'> {
  return new MechaneError('duplicate-mechanism', {
    problem: `${quote(id)} of ${plugin.name} ${plugin.version} is already there from ${owner.name} ${owner.version}`,
    path: ['mechanisms', id],
    fix: owner.name === plugin.name ? `use(${plugin.name}) once` : 'use only one of the two plugins',
  });
}

export function duplicateGenerator(id: string, { name, version }: Named): MechaneError<'duplicate-generator'> {
  return new MechaneError('duplicate-generator', {
    problem: `the generator ${quote(id)} of ${name} ${version} is there twice`,
    path: ['generators', id],
    fix: 'give every generator an id of its own, or use only one of the two plugins',
  });
}

export function invalidClaim(flaw: { problem: string; fix: string }, path: Path): MechaneError<'invalid-claim'> {
  return new MechaneError('invalid-claim', { ...flaw, path });
}

// Services

export function duplicateService(name: string): MechaneError<'duplicate-service'> {
  return new MechaneError('duplicate-service', {
    problem: `the service "${name}" is provided twice`,
    path: ['providers', name],
    fix: 'remove one of the plugins, or choose in createMechane({ services: [provide(token, …)] })',
  });
}

export function missingService(name: string): MechaneError<'service-missing'> {
  return new MechaneError('service-missing', {
    problem: `nothing provides the service "${name}"`,
    path: ['services', name],
    fix: 'use() the plugin that provides it, or pass createMechane({ services: [provide(token, …)] })',
  });
}

export function serviceNeedsItself(name: string): MechaneError<'service-missing'> {
  return new MechaneError('service-missing', {
    problem: `making the service "${name}" needs the service itself`,
    path: ['services', name],
    fix: 'break the circle between the providers',
  });
}

export function disposed(name: string): MechaneError<'disposed'> {
  return new MechaneError('disposed', {
    problem: `the service "${name}" was asked for after disposal`,
    fix: 'make a new Mechane, and dispose it last',
  });
}

// Runs

export function calledOff(reason: unknown): MechaneError<'aborted'> {
  return new MechaneError('aborted', { problem: 'the run was called off', cause: reason });
}

export function tooManyRounds(id: string, limit: number): MechaneError<'too-many-rounds'> {
  return new MechaneError('too-many-rounds', {
    problem: `${id} has not ended after ${limit} rounds`,
    fix: 'give it a coarser increment or a limit of its own',
  });
}

/** A decision that is taken as a whole. */
export function indivisible(id: string): MechaneError<'indivisible'> {
  return new MechaneError('indivisible', {
    problem: `${id} decides as a whole`,
    path: ['mechanism'],
    expected: 'a mechanism whose decision falls into parts, for reports that nobody seals',
    fix: 'run the scenario as it is',
  });
}

export function otherSolutions(given: number, parts: number): MechaneError<'invalid-division'> {
  return new MechaneError('invalid-division', {
    problem: `there are ${given} solutions of ${parts} parts`,
    path: ['solutions'],
    expected: 'a solution of each part, in their order',
    fix: 'pass all that "solveParts" gave for the parts of this division, and nothing else',
  });
}

/** Sums of finite amounts that leave the range of doubles: JSON would print them as if nothing had been paid. */
export function overflow(): MechaneError<'overflow'> {
  return new MechaneError('overflow', {
    problem: 'the amounts are so large that their sum is no finite number',
    path: ['reports'],
    expected: 'amounts whose sum stays below 1.8e308',
    fix: 'use a larger unit',
  });
}

/** What a run throws for whatever its mechanism threw. */
export function codedError(id: string, thrown: unknown): MechaneError {
  if (isMechaneError(thrown)) return thrown;
  return new MechaneError('mechanism-failed', {
    problem: `${id} failed: ${thrown instanceof Error ? thrown.message : 'it threw something that is no error'}`,
    path: ['mechanism'],
    fix: 'report it to the author of the mechanism with the scenario',
    cause: thrown,
  });
}

/** Payments or values that are no numbers. */
export function notANumber(id: string): MechaneError<'mechanism-failed'> {
  return new MechaneError('mechanism-failed', {
    problem: `${id} failed: what it pays or says that things are worth is no number, or not a finite number`,
    path: ['mechanism'],
    fix: 'report it to the author of the mechanism with the scenario',
  });
}

// Journals

/** A journal that could not take something down. */
export function journalFailed(cause: unknown): MechaneError {
  if (isMechaneError(cause)) return cause;
  return new MechaneError('journal-failed', {
    problem: `the journal cannot be kept: ${cause instanceof Error ? cause.message : String(cause)}`,
    path: ['journal'],
    fix: 'see why it could not be written; what it holds is sound, and resume goes on from there',
    cause,
  });
}

/** A journal that keeps its run waiting. */
export function journalHangs(milliseconds: number): MechaneError<'journal-failed'> {
  return new MechaneError('journal-failed', {
    problem: `the journal has not taken an entry down within ${milliseconds / 1000} s`,
    path: ['journal'],
    fix: 'see why it hangs; what it holds is sound, and resume goes on from there',
  });
}

/** A journal that a run or a resumed one writes already. */
export function journalInUse(): MechaneError<'journal-in-use'> {
  return new MechaneError('journal-in-use', {
    problem: 'a run is writing this journal already',
    path: ['journal'],
    fix: 'wait until it has ended, or give every run a journal of its own',
  });
}

/** A sink that would begin a chain anew in the middle of a run, or go on with the chain of another. */
export function brokenChain(problem: string): MechaneError<'invalid-journal'> {
  return new MechaneError('invalid-journal', {
    problem,
    path: ['journal'],
    fix: 'give journalWriter the head that readJournalLines gives',
  });
}

export function cancelledJournal(): MechaneError<'invalid-journal'> {
  return new MechaneError('invalid-journal', {
    problem: 'the run of this journal was called off',
    path: ['journal', 'entries'],
    fix: 'open a new run',
  });
}

/** A journal that does not pass through a hash that was published. */
export function headNotReached(head: string): MechaneError<'invalid-journal'> {
  return new MechaneError('invalid-journal', {
    problem: `its hashes do not lead to the head ${quote(head)}`,
    path: ['journal'],
    fix: 'ask whoever keeps it for the journal that had this head: this one was written anew, or cut',
  });
}

/** A receipt whose message is not in the journal. */
export function badReceipt(problem: string): MechaneError<'invalid-receipt'> {
  return new MechaneError('invalid-receipt', {
    problem,
    path: ['receipt'],
    fix: 'show it to whoever gave it, with the journal: one of the two was changed',
  });
}

export function notAPublicKey(cause: unknown): MechaneError<'invalid-key'> {
  return new MechaneError('invalid-key', {
    problem: 'this is no public key of Ed25519',
    path: ['key'],
    expected: 'a JSON Web Key such as {"kty":"OKP","crv":"Ed25519","x":"…"}, or a PEM block',
    fix: 'copy the whole of what whoever signs the receipts publishes',
    cause,
  });
}

export function notSignedBy(): MechaneError<'invalid-receipt'> {
  return new MechaneError('invalid-receipt', {
    problem: 'this receipt is not signed with this key',
    path: ['receipt', 'signature'],
    fix: 'use the key of whoever gave it',
  });
}

const howToReplay = 'replay an unedited journal with the version of the mechanism that wrote it';

/** A journal that cannot have happened. */
export function impossibleJournal(problem: string, path: Path): MechaneError<'invalid-journal'> {
  return new MechaneError('invalid-journal', { problem, path: ['journal', ...path], fix: howToReplay });
}

export function journalHasRun(): MechaneError<'invalid-journal'> {
  return new MechaneError('invalid-journal', {
    problem: 'this journal already holds a run',
    fix: 'record every run in a journal of its own',
  });
}

export function emptyJournal(): MechaneError<'invalid-journal'> {
  return new MechaneError('invalid-journal', {
    problem: 'nothing has been recorded',
    fix: 'pass it to a run: run(id, { …, journal })',
  });
}

export function journalOfAnother(id: string): MechaneError<'invalid-journal'> {
  return new MechaneError('invalid-journal', {
    problem: `this is a journal of ${quote(id)}`,
    path: ['journal', 'mechanism'],
    fix: `name ${quote(id)}, or give the journal that was meant`,
  });
}

export function endedJournal(): MechaneError<'invalid-journal'> {
  return new MechaneError('invalid-journal', {
    problem: 'the run of this journal has ended',
    path: ['journal', 'outcome'],
    fix: 'replay it instead',
  });
}

export function badLine(number: number, problem: string, cause?: unknown): MechaneError<'invalid-journal'> {
  return new MechaneError('invalid-journal', {
    problem: `line ${number}: ${problem}`,
    path: ['journal', 'lines', number - 1],
    fix: 'restore the journal from a copy; nothing after the last sound line can be trusted',
    cause,
  });
}
