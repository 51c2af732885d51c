import { describe, expect, test } from 'vitest';
import * as errors from '../src/errors.ts';
import type { MechaneError } from '../src/index.ts';

/*
 * What every error says: where, what is wrong, what was expected and how to mend it. Whoever reads it has nothing else.
 */
const named = (name: string, version = '1.0.0') => ({ name, version });

const texts: readonly (readonly [make: () => MechaneError, text: string])[] = [
  [
    () => errors.unreadable('invalid-report', ['reports', 'a'], 0),
    'invalid-report reports.a: it cannot be read; expected plain data. Fix: give what JSON can say.',
  ],
  [
    () => errors.unknownKey('reserv', ['settings'], ['reserve', 'units']),
    'unknown-key settings.reserv: the key "reserv" is not known; expected "reserve" or "units". Fix: did you mean "reserve"?',
  ],
  [
    () => errors.unknownKey('dummies', [], ['xor', 'or', 'dummies'], '{ xor } or { or, dummies? }'),
    'unknown-key dummies: the key "dummies" is not known; expected { xor } or { or, dummies? }. Fix: remove the key.',
  ],
  [
    () => errors.unknownKey('x', [], []),
    'unknown-key x: the key "x" is not known; expected no keys. Fix: remove the key.',
  ],
  [
    () => errors.unknownKey('zzz', [], ['price'], 'a number'),
    'unknown-key zzz: the key "zzz" is not known; expected a number. Fix: remove the key.',
  ],
  [
    () => errors.notAmong('inn', ['"in"', '"out"', '7'], 'invalid-message', ['messages', 0, 1]),
    'invalid-message messages[0][1]: "inn" is not among them; expected "in", "out" or 7. Fix: did you mean "in"?',
  ],
  [
    () => errors.notAmong(undefined, ['"in"'], 'invalid-message', ['messages']),
    'invalid-message messages: it is missing; expected "in". Fix: give "in".',
  ],
  [
    () => errors.notAmong(7, ['"7"'], 'invalid-message', ['messages']),
    'invalid-message messages: number was given; expected "7". Fix: give "7".',
  ],
  [
    () => errors.notAmong(7, ['"in"', '"out"'], 'invalid-message', ['messages']),
    'invalid-message messages: number was given; expected "in" or "out". Fix: give one of them.',
  ],
  [
    () => errors.noRecord(null, 'invalid-settings', ['settings'], 'an object of settings'),
    'invalid-settings settings: null was given; expected an object of settings. Fix: give an object of settings.',
  ],
  [
    () => errors.noRecord([], 'invalid-settings', ['settings'], 'settings'),
    'invalid-settings settings: an array was given; expected settings. Fix: give settings.',
  ],
  [
    () => errors.noPair('invalid-report', ['reports', 0]),
    'invalid-report reports[0]: this is no pair; expected a pair of agent id and content. Fix: write it as ["agent", …].',
  ],
  [
    () => errors.noMessageList(),
    'invalid-message messages: the messages are no list; expected a list of [agent, message]. Fix: give "messages": [[agent, message], …].',
  ],
  [
    () => errors.nothingSaid('a/b', true),
    'invalid-scenario reports: there are no reports; expected "reports": { agent: report }. Fix: see: mechane describe a/b.',
  ],
  [
    () => errors.nothingSaid('a/b', false),
    'invalid-scenario messages: there are no messages; expected "messages": [[agent, message], …]. Fix: see: mechane describe a/b.',
  ],
  [
    () => errors.takesNoReports('a/b'),
    'invalid-scenario reports: a/b takes messages, not reports. Fix: give "messages": [[agent, message], …].',
  ],
  [() => errors.takesNoColumns('a/b'), 'invalid-columns columns: a/b takes no columns. Fix: give reports.'],
  [
    () => errors.imprecise(0.015, 0.01, ['reports', 'a', 'bid']),
    'imprecise-amount reports.a.bid: 0.015 is finer than the smallest amount that counts, 0.01; expected a multiple of 0.01. Fix: round it, or set "unit" to the smallest amount that is to count.',
  ],
  // As many units as can be counted are few enough; one more is not.
  [
    () => errors.imprecise(2 ** 53 - 1, 1, []),
    `imprecise-amount 9007199254740991 is finer than the smallest amount that counts, 1; expected a multiple of 1. Fix: round it, or set "unit" to the smallest amount that is to count.`,
  ],
  [
    () => errors.imprecise(-(2 ** 53), 1, []),
    'imprecise-amount -9007199254740992 is so large that amounts of 1 more or less cannot be told apart; expected at most 9007199254740991 times the smallest amount that counts. Fix: count in a larger unit: "unit": 10.',
  ],
  [
    () => errors.imprecise(1e15, 0.01, []),
    'imprecise-amount 1000000000000000 is so large that amounts of 0.01 more or less cannot be told apart; expected at most 9007199254740991 times the smallest amount that counts. Fix: count in a larger unit: "unit": 1.',
  ],
  [
    () => errors.roundedAmount({ written: '9007199254740993', kept: 2 ** 53, path: ['a', 'bid'], offset: 3 }),
    'imprecise-amount a.bid: 9007199254740993 has more digits than are kept: it would count as 9007199254740992; expected at most 15 digits, or those of a double. Fix: count in a larger unit, or give it as text.',
  ],
  [
    () => errors.roundedAmount({ written: '1'.repeat(99), kept: 1, path: [], offset: 0 }, ['x']),
    `imprecise-amount x: ${'1'.repeat(60)}… has more digits than are kept: it would count as 1; expected at most 15 digits, or those of a double. Fix: write 1, or count in another unit.`,
  ],
  [
    () => errors.noUnit(),
    'invalid-settings settings.unit: no amount can be counted in this unit; expected an amount above 0 with at most 22 decimals, like 0.01. Fix: give one that all amounts are multiples of, or leave it out.',
  ],
  [
    () => errors.unitWithoutMoney('a/b'),
    'invalid-settings settings.unit: a/b has no money, so there is no unit of it. Fix: leave it out.',
  ],
  [
    () => errors.noAgentId(7),
    'unknown-agent agents: number was given; expected an agent id. Fix: give the id as text.',
  ],
  [
    () => errors.duplicateAgent('ann', ['reports', 'ann']),
    'duplicate-agent reports.ann: the agent "ann" appears twice; expected every agent once. Fix: merge its reports or rename one.',
  ],
  [
    () => errors.unknownAgent('anne', ['bob', 'ann'], ['types']),
    'unknown-agent types.anne: no agent is called "anne"; expected an agent that takes part. Fix: did you mean "ann"?',
  ],
  [
    () => errors.unknownAgent('zed', ['ann'], []),
    'unknown-agent zed: no agent is called "zed"; expected an agent that takes part. Fix: name an agent that takes part.',
  ],
  [() => errors.outOfPlace({ problem: 'no' }, ['messages', 'a']), 'invalid-message messages.a: no.'],
  [
    () => errors.outOfPlace({ code: 'outbid', problem: 'no', path: ['bid'] }, ['messages', 'a']),
    'outbid messages.a.bid: no.',
  ],
  [
    () => errors.unheardMessage(3),
    'invalid-message messages[3]: this message is out of turn: the mechanism had stopped listening to its sender. Fix: send it earlier, or leave it out.',
  ],
  [
    () => errors.badMechanismId('clock'),
    'invalid-mechanism id: the id "clock" does not name a package and a mechanism; expected an id like "auction-sealed/second-price". Fix: put the name of your package, a slash and the name of the mechanism, in lower-case letters, digits and hyphens.',
  ],
  [
    () => errors.proxyMissing('a/b'),
    'invalid-mechanism proxy: a/b takes reports but has no proxy. Fix: add proxy: (report) => (ask) => message, the straightforward strategy.',
  ],
  [
    () => errors.badGeneratorId(),
    'invalid-generator id: the id of a generator is no short name; expected lower-case letters, digits and hyphens, like "cats-regions". Fix: give it such a name, short enough to type.',
  ],
  [
    () => errors.unknownMechanism('market/clock', ['auction-english/clock', 'market/call']),
    'unknown-mechanism mechanism: no plugin in use has the mechanism "market/clock"; expected auction-english/clock or market/call. Fix: did you mean "auction-english/clock"?',
  ],
  [
    () => errors.unknownMechanism('gossip/clock', ['auction-english/clock']),
    'unknown-mechanism mechanism: no plugin in use has the mechanism "gossip/clock"; expected auction-english/clock. Fix: install the plugin that has it (npm install @mechane/gossip).',
  ],
  [
    () => errors.unknownMechanism('Gossip/x', []),
    'unknown-mechanism mechanism: no plugin in use has the mechanism "Gossip/x"; expected a plugin in use. Fix: use() the plugin that has it.',
  ],
  [
    () => errors.unknownMechanism(`${'g'.repeat(50)}/x`, []),
    `unknown-mechanism mechanism: no plugin in use has the mechanism "${'g'.repeat(50)}/x"; expected a plugin in use. Fix: use() the plugin that has it.`,
  ],
  [
    () => errors.unknownMechanism('/clock', ['auction-english/clock']),
    'unknown-mechanism mechanism: no plugin in use has the mechanism "/clock"; expected auction-english/clock. Fix: use() the plugin that has it.',
  ],
  [
    () => errors.unknownMechanism(7, ['a/b']),
    'unknown-mechanism mechanism: no mechanism is named; expected a/b. Fix: use() the plugin that has it.',
  ],
  [
    () => errors.unknownGenerator('cat-regions', ['cats-regions']),
    'unknown-generator no plugin in use has the generator "cat-regions"; expected cats-regions. Fix: did you mean "cats-regions"?',
  ],
  [
    () => errors.unknownGenerator(undefined, []),
    'unknown-generator no generator is named; expected a plugin in use that has generators. Fix: use() the plugin that has it.',
  ],
  [
    () => errors.noPlugin(),
    'invalid-plugin this is no plugin; expected what definePlugin returns. Fix: pass the plugin itself, not its module or a promise of it.',
  ],
  [
    () => errors.notAMechanism('acme', 2),
    'invalid-plugin mechanisms[2]: acme lists something that is no mechanism. Fix: make it with defineMechanism or directMechanism.',
  ],
  [
    () => errors.incompatiblePlugin(named('acme'), 1, 2),
    'incompatible-plugin apiVersion: acme 1.0.0 is written for plugin API 1, this core has 2. Fix: npm install acme@latest.',
  ],
  [
    () => errors.incompatiblePlugin(named('acme'), 3, 2),
    'incompatible-plugin apiVersion: acme 1.0.0 is written for plugin API 3, this core has 2. Fix: npm install @mechane/core@latest.',
  ],
  [
    () => errors.definedTwice('acme', 'a/b', 1),
    'duplicate-mechanism mechanisms[1].id: acme defines "a/b" twice. Fix: give every mechanism an id of its own.',
  ],
  [
    () => errors.duplicateMechanism('a/b', named('one'), named('two', '2.0.0')),
    'duplicate-mechanism mechanisms["a/b"]: "a/b" of two 2.0.0 is already there from one 1.0.0. Fix: use only one of the two plugins.',
  ],
  [
    () => errors.duplicateMechanism('a/b', named('one'), named('one', '2.0.0')),
    'duplicate-mechanism mechanisms["a/b"]: "a/b" of one 2.0.0 is already there from one 1.0.0. Fix: use(one) once.',
  ],
  [
    () => errors.duplicateGenerator('bids', named('acme')),
    'duplicate-generator generators.bids: the generator "bids" of acme 1.0.0 is there twice. Fix: give every generator an id of its own, or use only one of the two plugins.',
  ],
  [
    () => errors.invalidClaim({ problem: 'it gives no reason', fix: 'cite it' }, ['a/b', 'claims', 0]),
    'invalid-claim ["a/b"].claims[0]: it gives no reason. Fix: cite it.',
  ],
  [
    () => errors.duplicateService('clock'),
    'duplicate-service providers.clock: the service "clock" is provided twice. Fix: remove one of the plugins, or choose in createMechane({ services: [provide(token, …)] }).',
  ],
  [
    () => errors.missingService('clock'),
    'service-missing services.clock: nothing provides the service "clock". Fix: use() the plugin that provides it, or pass createMechane({ services: [provide(token, …)] }).',
  ],
  [
    () => errors.serviceNeedsItself('clock'),
    'service-missing services.clock: making the service "clock" needs the service itself. Fix: break the circle between the providers.',
  ],
  [
    () => errors.disposed('clock'),
    'disposed the service "clock" was asked for after disposal. Fix: make a new Mechane, and dispose it last.',
  ],
  [() => errors.calledOff('why'), 'aborted the run was called off.'],
  [
    () => errors.tooManyRounds('a/b', 9),
    'too-many-rounds a/b has not ended after 9 rounds. Fix: give it a coarser increment or a limit of its own.',
  ],
  [
    () => errors.indivisible('a/b'),
    'indivisible mechanism: a/b decides as a whole; expected a mechanism whose decision falls into parts, for reports that nobody seals. Fix: run the scenario as it is.',
  ],
  [
    () => errors.otherSolutions(1, 3),
    'invalid-division solutions: there are 1 solutions of 3 parts; expected a solution of each part, in their order. Fix: pass all that "solveParts" gave for the parts of this division, and nothing else.',
  ],
  [
    () => errors.overflow(),
    'overflow reports: the amounts are so large that their sum is no finite number; expected amounts whose sum stays below 1.8e308. Fix: use a larger unit.',
  ],
  [
    () => errors.codedError('a/b', new Error('division by zero')),
    'mechanism-failed mechanism: a/b failed: division by zero. Fix: report it to the author of the mechanism with the scenario.',
  ],
  [
    () => errors.codedError('a/b', 'a word'),
    'mechanism-failed mechanism: a/b failed: it threw something that is no error. Fix: report it to the author of the mechanism with the scenario.',
  ],
  [
    () => errors.notANumber('a/b'),
    'mechanism-failed mechanism: a/b failed: what it pays or says that things are worth is no number, or not a finite number. Fix: report it to the author of the mechanism with the scenario.',
  ],
  [
    () => errors.journalFailed(new Error('disk full')),
    'journal-failed journal: the journal cannot be kept: disk full. Fix: see why it could not be written; what it holds is sound, and resume goes on from there.',
  ],
  [
    () => errors.impossibleJournal('it ends', ['entries', 3]),
    'invalid-journal journal.entries[3]: it ends. Fix: replay an unedited journal with the version of the mechanism that wrote it.',
  ],
  [
    () => errors.journalHasRun(),
    'invalid-journal this journal already holds a run. Fix: record every run in a journal of its own.',
  ],
  [
    () => errors.journalInUse(),
    'journal-in-use journal: a run is writing this journal already. Fix: wait until it has ended, or give every run a journal of its own.',
  ],
  [
    () => errors.emptyJournal(),
    'invalid-journal nothing has been recorded. Fix: pass it to a run: run(id, { …, journal }).',
  ],
  [
    () => errors.journalOfAnother('a/b'),
    'invalid-journal journal.mechanism: this is a journal of "a/b". Fix: name "a/b", or give the journal that was meant.',
  ],
  [
    () => errors.endedJournal(),
    'invalid-journal journal.outcome: the run of this journal has ended. Fix: replay it instead.',
  ],
  [
    () => errors.badLine(3, 'this line is no JSON'),
    'invalid-journal journal.lines[2]: line 3: this line is no JSON. Fix: restore the journal from a copy; nothing after the last sound line can be trusted.',
  ],
  [
    () => errors.lateMessage('ann'),
    'late-message messages.ann: the round was over when this message came. Fix: answer before the deadline, or stop when the signal aborts.',
  ],
  [
    () => errors.duplicateMessage('ann'),
    'duplicate-message messages.ann: this agent has answered already. Fix: answer once a round.',
  ],
  [
    () => errors.outOfTurn('ann'),
    'out-of-turn messages.ann: this agent is not asked in this round. Fix: wait to be asked.',
  ],
  [
    () => errors.keyReused('k1', 'ann'),
    'key-reused messages.ann: the agent has said something else under the key "k1". Fix: give every message a key of its own, and repeat one only with the same message.',
  ],
  [
    () => errors.notRevisable('a/b', 'ann'),
    'not-revisable messages.ann: what was said to a/b cannot be taken back. Fix: wait for the next round, if there is one.',
  ],
  [
    () => errors.nothingToWithdraw('ann'),
    'out-of-turn messages.ann: this agent has said nothing in this round that it could take back. Fix: submit something first.',
  ],
  [
    () => errors.saysItsTime('ann'),
    'invalid-message messages.ann: this message says its own time, which is for the host to say. Fix: leave the time out.',
  ],
  [
    () => errors.closedEntry('nobody else may join'),
    'closed-entry agents: nobody else may join. Fix: name all agents when the run is opened.',
  ],
  [
    () => errors.invalidDeadline('within', 'text was given', 'a number'),
    'invalid-deadline within: text was given; expected a number. Fix: give that, or leave it out.',
  ],
  [
    () => errors.lateInScenario(3, 500),
    'late-message messages[3]: the end had come, 500 ms after the opening, when this message came. Fix: send it earlier, or leave it out.',
  ],
  [
    () => errors.earlierMessage(3),
    'invalid-message messages[3][2]: this message came before the one that stands before it; expected times that never decrease. Fix: put the messages in order.',
  ],
  [
    () => errors.journalHangs(30_000),
    'journal-failed journal: the journal has not taken an entry down within 30 s. Fix: see why it hangs; what it holds is sound, and resume goes on from there.',
  ],
  [
    () => errors.brokenChain('it begins anew'),
    'invalid-journal journal: it begins anew. Fix: give journalWriter the head that readJournalLines gives.',
  ],
  [
    () => errors.cancelledJournal(),
    'invalid-journal journal.entries: the run of this journal was called off. Fix: open a new run.',
  ],
  [
    () => errors.headNotReached('abcd'),
    'invalid-journal journal: its hashes do not lead to the head "abcd". Fix: ask whoever keeps it for the journal that had this head: this one was written anew, or cut.',
  ],
  [
    () => errors.badReceipt('it is not there'),
    'invalid-receipt receipt: it is not there. Fix: show it to whoever gave it, with the journal: one of the two was changed.',
  ],
  [
    () => errors.notSignedBy(),
    'invalid-receipt receipt.signature: this receipt is not signed with this key. Fix: use the key of whoever gave it.',
  ],
];

describe('an error says', () => {
  test.each(texts.map(([make, text]) => [text, make] as const))('%s', (text, make) => {
    const { code, message } = make();
    expect(`${code} ${message}`).toBe(text);
  });
});

test('an agent is not looked for among more than a thousand: nobody’s typing error makes a host slow', () => {
  const known = Array.from({ length: 1_000 }, (_, index) => `${index}`.repeat(9));
  expect(errors.unknownAgent('anne', [...known, 'ann'], []).fix).toBe('name an agent that takes part');
});

test('what is coded already stays what it is', () => {
  const coded = errors.calledOff('why');
  expect(errors.codedError('a/b', coded)).toBe(coded);
  expect(errors.journalFailed(coded)).toBe(coded);
  expect(coded.cause).toBe('why');
  const thrown = new Error('x');
  expect(errors.codedError('a/b', thrown).cause).toBe(thrown);
  expect(errors.unreadable('invalid-report', [], thrown).cause).toBe(thrown);
});
