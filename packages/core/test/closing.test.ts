import {
  ClockService,
  createMechane,
  defineMechanism,
  definePlugin,
  directMechanism,
  type JournalEntry,
  type JournalSink,
  journalRecorder,
  journalWriter,
  provide,
  readJournalLines,
  testClock,
} from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { examples } from './example-mechanisms.ts';

/** Lets pending promises run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const coded = (code: string) => expect.objectContaining({ code });

/** Asks three times, and counts who answers. */
const thrice = defineMechanism({
  id: 'patient/thrice',
  settings: z.strictObject({}),
  message: z.string(),
  *conduct({ participants, ask }) {
    const heard: number[] = [];
    for (let round = 0; round < 3; round++) heard.push((yield* ask(participants, { round })).size);
    return { heard };
  },
});
const guestBook = directMechanism({
  id: 'patient/guests',
  settings: z.strictObject({}),
  report: z.string(),
  openEntry: true,
  decide: (reports, { participants }) => ({ signed: [...reports.keys()], participants: [...participants] }),
});
const patient = definePlugin({ name: 'patient', version: '1.0.0', mechanisms: [thrice, guestBook] });

function stage() {
  const clock = testClock();
  const mechane = createMechane({ services: [provide(ClockService, () => clock)] })
    .use(examples)
    .use(patient);
  return { clock, mechane };
}

/** A journal that keeps entries as they are handed to it, and takes its time over those of one kind. */
function keeping(slow?: JournalEntry['kind']) {
  const entries: JournalEntry[] = [];
  let keep = (): void => {};
  const journal: JournalSink = {
    append(entry) {
      entries.push(structuredClone(entry));
      if (entry.kind !== slow) return undefined;
      return new Promise<void>((resolve) => {
        keep = resolve;
      });
    },
  };
  return { journal, entries, kinds: () => entries.map(({ kind }) => kind), keep: () => keep() };
}

const outside = { ann: 'external', bob: 'external' } as const;

describe('closing', () => {
  test('closes the open round and all after it, and is taken down once, though it is asked for twice', async () => {
    const { mechane } = stage();
    const { journal, kinds } = keeping();
    const session = mechane.open('patient/thrice', { settings: {}, agents: outside, journal });
    await session.submit('ann', 'here');
    session.close();
    session.close();
    expect(await session.outcome).toEqual({ heard: [1, 0, 0] });
    session.close();
    const empty = ['asked', 'round-closed'];
    expect(kinds()).toEqual(['opened', 'asked', 'message', 'closing', 'round-closed', ...empty, ...empty, 'closed']);
  });
  test('before the beginning stands after the opening', async () => {
    const { mechane } = stage();
    const { journal, kinds } = keeping();
    const session = mechane.open('example/second-price', { agents: outside, journal });
    session.close();
    await session.outcome;
    expect(kinds()).toEqual(['opened', 'closing', 'asked', 'round-closed', 'closed']);
  });
  test('goes on where a run is resumed, and is not taken down again', async () => {
    const { mechane } = stage();
    const { journal, entries } = keeping();
    const session = mechane.open('patient/thrice', { settings: {}, agents: outside, journal });
    await settled();
    session.close();
    await session.outcome;
    const until = entries.findIndex(({ kind }) => kind === 'closing') + 1;
    const rest = keeping();
    const past = { entries: entries.slice(0, until) };
    const resumed = mechane.resume(past, { mechanism: 'patient/thrice', agents: outside, journal: rest.journal });
    expect(await resumed.outcome).toEqual({ heard: [0, 0, 0] });
    expect(rest.kinds()).not.toContain('closing');
    expect(mechane.replay({ entries: [...past.entries, ...rest.entries] }).outcome).toEqual({ heard: [0, 0, 0] });
  });
  test('hears what waits for the first round before it closes that', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', { agents: outside });
    const receipt = session.submit('ann', { bid: 3 });
    session.close();
    await receipt;
    expect(await session.outcome).toMatchObject({ winner: 'ann' });
  });
});

describe('calling off', () => {
  test('is taken down once, where the run has begun', async () => {
    const { mechane } = stage();
    const { journal, kinds } = keeping();
    const session = mechane.open('example/second-price', { agents: outside, journal });
    await settled();
    session.cancel();
    session.cancel();
    await expect(session.outcome).rejects.toThrow(coded('aborted'));
    session.cancel();
    expect(kinds()).toEqual(['opened', 'asked', 'cancelled']);
  });
  test('before the beginning leaves the journal empty, and free', async () => {
    const { mechane } = stage();
    const { journal, kinds } = keeping();
    const session = mechane.open('example/second-price', { agents: outside, journal });
    session.cancel();
    await expect(session.outcome).rejects.toThrow(coded('aborted'));
    expect(kinds()).toEqual([]);
    const again = mechane.open('example/second-price', { agents: outside, journal });
    again.close();
    await again.outcome;
  });
  test('while the end is being written leaves the journal with its end', async () => {
    const { mechane } = stage();
    const { journal, kinds } = keeping('closed');
    const session = mechane.open('example/second-price', { agents: { ann: () => ({ bid: 1 }) }, journal });
    await settled();
    expect(kinds().at(-1)).toBe('closed');
    session.cancel('too late to be undone');
    await expect(session.outcome).rejects.toThrow(coded('aborted'));
    expect(kinds().at(-1)).toBe('closed');
  });
  test('after the journal has failed says nothing more to it, and throws nothing', async () => {
    const { mechane } = stage();
    const kinds: string[] = [];
    const journal: JournalSink = {
      append({ kind }) {
        kinds.push(kind);
        if (kind === 'message') throw new Error('disk full');
      },
    };
    const session = mechane.open('example/second-price', { agents: outside, journal });
    await settled();
    await expect(session.submit('ann', { bid: 1 })).rejects.toThrow(coded('journal-failed'));
    session.cancel();
    await expect(session.outcome).rejects.toThrow(coded('journal-failed'));
    expect(kinds).toEqual(['opened', 'asked', 'message']);
  });
  test('after the end says nothing to the journal', async () => {
    const { mechane } = stage();
    const { journal, kinds } = keeping();
    const session = mechane.open('example/second-price', { agents: {}, journal });
    await session.outcome;
    session.cancel();
    expect(kinds().at(-1)).toBe('closed');
  });
});

describe('whoever comes in', () => {
  const open = { settings: {}, agents: outside, entry: 'open' } as const;
  test('before the beginning stands in it, and has no entry', async () => {
    const { mechane } = stage();
    const { journal, entries, kinds } = keeping();
    const session = mechane.open('patient/guests', { ...open, journal });
    await session.join('eve');
    await settled();
    expect(kinds()).toEqual(['opened', 'asked']);
    expect(entries[0]).toMatchObject({ participants: ['ann', 'bob', 'eve'] });
    session.close();
    expect(await session.outcome).toEqual({ signed: [], participants: ['ann', 'bob', 'eve'] });
  });
  test('later has an entry, whose number its event has, and is in once the journal has it', async () => {
    const { mechane } = stage();
    const { journal, entries, keep } = keeping('joined');
    const session = mechane.open('patient/guests', { ...open, journal });
    const joined: unknown[] = [];
    const silent: unknown[] = [];
    mechane.on((event) => event.kind === 'joined' && joined.push([event.agent, event.seq]));
    mechane.on((event) => event.kind === 'silent' && silent.push(event.agent));
    await settled();
    let isIn = false;
    const coming = session.join('eve').then(() => {
      isIn = true;
    });
    await settled();
    expect([isIn, joined]).toEqual([false, []]);
    keep();
    await coming;
    expect(entries.at(-1)).toMatchObject({ seq: 2, kind: 'joined', agent: 'eve' });
    expect(joined).toEqual([['eve', 2]]);
    // Whoever says nothing of how it answers answers from outside, and has time for it.
    expect(silent).toEqual([]);
    await session.submit('eve', 'here');
    session.close();
    await session.outcome;
  });
  test('again under its key is in already, and under another, or none, its name is taken', async () => {
    const { mechane } = stage();
    const { journal, kinds, entries, keep } = keeping('joined');
    const session = mechane.open('patient/guests', { ...open, journal });
    await settled();
    const first = session.join('eve', 'external', { key: 'k' });
    let isIn = false;
    const again = session.join('eve', 'external', { key: 'k' }).then(() => {
      isIn = true;
    });
    await settled();
    expect(isIn).toBe(false);
    keep();
    await Promise.all([first, again]);
    expect(kinds()).toEqual(['opened', 'asked', 'joined']);
    const taken = expect.objectContaining({ code: 'duplicate-agent' });
    await expect(session.join('eve', 'external', { key: 'other' })).rejects.toEqual(taken);
    await expect(session.join('eve')).rejects.toEqual(taken);
    await expect(session.join('ann', 'external', { key: 'k' })).rejects.toEqual(taken);

    const past = { entries: [...entries] };
    const resumed = mechane.resume(past, { mechanism: 'patient/guests', agents: outside });
    await settled();
    await resumed.join('eve', 'external', { key: 'k' });
    await expect(resumed.join('eve', 'external', { key: 'other' })).rejects.toEqual(taken);
    expect(resumed.participants).toEqual(['ann', 'bob', 'eve']);
    for (const each of [session, resumed]) each.close();
    // Over, it still tells who was in.
    await session.outcome;
    await session.join('eve', 'external', { key: 'k' });
    await resumed.outcome;
  });
  test('again without a key, or under that of something it has said, finds its name taken', async () => {
    const { mechane } = stage();
    const { journal, entries } = keeping();
    const session = mechane.open('patient/guests', { ...open, journal });
    await settled();
    await session.join('eve');
    await session.submit('eve', 'here', { key: 'said' });
    const resumed = mechane.resume({ entries: [...entries] }, { mechanism: 'patient/guests', agents: outside });
    await settled();
    for (const each of [session, resumed]) {
      await expect(each.join('eve')).rejects.toThrow(coded('duplicate-agent'));
      await expect(each.join('eve', 'external', { key: 'said' })).rejects.toThrow(coded('duplicate-agent'));
      expect(each.participants).toEqual(['ann', 'bob', 'eve']);
      each.close();
      await each.outcome;
    }
  });
  test('finds the door shut from the first moment of a run that was closing when it was cut off', async () => {
    const { mechane } = stage();
    const { journal, entries } = keeping();
    const session = mechane.open('patient/guests', { ...open, journal });
    await settled();
    session.close();
    await session.outcome;
    const cut = { entries: entries.slice(0, entries.findIndex(({ kind }) => kind === 'closing') + 1) };
    const resumed = mechane.resume(cut, { mechanism: 'patient/guests', agents: outside });
    await expect(resumed.join('eve')).rejects.toThrow(coded('closed-entry'));
    expect((await resumed.outcome).participants).toEqual(['ann', 'bob']);
  });
  test('where nothing is taken down is told of without a number', async () => {
    const { mechane } = stage();
    const session = mechane.open('patient/guests', open);
    const joined: unknown[] = [];
    mechane.on((event) => event.kind === 'joined' && joined.push(event));
    await settled();
    await session.join('eve');
    expect(joined).toEqual([{ kind: 'joined', agent: 'eve', run: session.id }]);
    session.close();
    await session.outcome;
  });
  test('is told why it may not', async () => {
    const { mechane } = stage();
    const why = (session: { join(agent: string): Promise<void> }, agent = 'eve') =>
      session.join(agent).then(
        () => 'it is in',
        ({ code, message }) => `${code} ${message}`,
      );
    const fix = 'Fix: name all agents when the run is opened.';
    const closed = mechane.open('example/second-price', { agents: outside });
    expect(await why(closed)).toBe(
      `closed-entry agents: example/second-price has no place for those who come later. ${fix}`,
    );
    const shut = mechane.open('patient/guests', { ...open, entry: 'closed' });
    expect(await why(shut)).toBe(`closed-entry agents: this run takes nobody who comes later. ${fix}`);
    const ending = mechane.open('patient/guests', open);
    await settled();
    expect(await why(ending, 'ann')).toBe(
      'duplicate-agent agents.ann: the agent "ann" appears twice; expected every agent once. Fix: merge its reports or rename one.',
    );
    ending.close();
    expect(await why(ending)).toBe(`closed-entry agents: the run is over. ${fix}`);
    await ending.outcome;
    expect(ending.participants).toEqual(['ann', 'bob']);
    const cancelled = mechane.open('patient/guests', open);
    cancelled.cancel();
    await cancelled.result.catch(() => {});
    expect(await why(cancelled)).toBe(`closed-entry agents: the run is over. ${fix}`);
    for (const session of [closed, shut]) session.cancel();
  });
  test('may come where nobody has said whether it may, and the mechanism has a place for it', async () => {
    const { mechane } = stage();
    const session = mechane.open('patient/guests', { settings: {}, agents: {}, within: 10 });
    await session.join('eve', () => 'here');
    expect(await session.outcome).toEqual({ signed: ['eve'], participants: ['eve'] });
  });
});

describe('opening', () => {
  test('is refused with what is wrong, and how to mend it', () => {
    const { mechane } = stage();
    const { untyped } = mechane;
    const guests = { settings: {}, agents: outside };
    const fix = 'Fix: name all agents when the run is opened.';
    expect(() => untyped.open('patient/guests', { ...guests, entry: 'ajar' as never })).toThrow(
      `agents: entry is neither "open" nor "closed". ${fix}`,
    );
    expect(() => untyped.open('patient/thrice', { ...guests, entry: 'open' })).toThrow(
      `agents: patient/thrice has no place for those who come later. ${fix}`,
    );
    expect(() => untyped.open('patient/thrice', { ...guests, entry: 'closed' }).cancel()).not.toThrow();
    const selfEnding = defineMechanism({
      id: 'ending/itself',
      settings: z.strictObject({}),
      message: z.string(),
      endsItself: true,
      *conduct({ participants, listen }) {
        return { heard: (yield* listen(participants, {}, { closesAt: 5 })).size };
      },
    });
    const own = createMechane().use(definePlugin({ name: 'ending', version: '1.0.0', mechanisms: [selfEnding] }));
    expect(() => own.untyped.open('ending/itself', { ...guests, closesAt: 7 })).toThrow(
      'closesAt: ending/itself sets its own end; expected no end but that of its settings.',
    );
    expect(() => own.untyped.open('ending/itself', { ...guests, within: 7 }).cancel()).not.toThrow();
  });
  test('of sealed reports needs time to reveal: an end of all is none, no end is', () => {
    const { mechane } = stage();
    const sealing = { commit: true, deposit: 1 };
    const open = (closesAt: number) => () =>
      mechane.untyped.open('example/second-price', { settings: { sealing }, agents: outside, closesAt }).cancel();
    expect(open(1_000)).toThrow(coded('invalid-deadline'));
    expect(open(Number.POSITIVE_INFINITY)).not.toThrow();
  });
});

describe('a run that is resumed', () => {
  /** What was taken down until a run was cut off, once it had asked. */
  async function cutOff(id: string, options: object) {
    const { mechane, clock } = stage();
    clock.advance(1_000);
    const journal = journalRecorder();
    const session = mechane.untyped.open(id, { settings: {}, agents: outside, journal, ...options });
    await settled();
    const cut = journal.journal();
    session.cancel();
    return { cut, mechane, clock };
  }
  test.each<[string, object, object, number | null]>([
    ['its time a round', { within: 40 }, { within: 7 }, 1_040],
    ['its end', { closesAt: 1_070 }, { closesAt: 1_007 }, 1_070],
    ['no deadline, where it had none', { within: Number.POSITIVE_INFINITY }, { within: 7 }, null],
    ['a minute, where nobody has said', {}, {}, 61_000],
    ['what is said now, where nobody had', {}, { within: 7 }, 1_007],
  ])('has %s', async (_, before, now, closesAt) => {
    const { cut, mechane } = await cutOff('patient/thrice', before);
    const entries = cut.entries.slice(0, 1);
    const resumed = mechane.untyped.resume({ entries }, { agents: outside, ...now });
    await settled();
    expect(resumed.closesAt).toBe(closesAt);
    resumed.cancel();
  });
  test('lets in whom it would have let in', async () => {
    for (const [entry, isOpen] of [
      ['open', true],
      ['closed', false],
    ] as const) {
      const { cut, mechane } = await cutOff('patient/guests', { entry });
      const resumed = mechane.resume(cut, { mechanism: 'patient/guests', agents: outside });
      const coming = resumed.join('eve');
      if (isOpen) await coming;
      else await expect(coming).rejects.toThrow(coded('closed-entry'));
      resumed.close();
      expect(await resumed.outcome).toMatchObject({ participants: isOpen ? ['ann', 'bob', 'eve'] : ['ann', 'bob'] });
    }
  });
  test('goes on in a journal that has no chain, or in none, though the one that was read has', async () => {
    const { mechane } = stage();
    const lines: string[] = [];
    const journal = journalWriter((more) => void lines.push(more));
    const session = mechane.open('patient/thrice', { settings: {}, agents: outside, journal });
    await session.submit('ann', 'here');
    const past = await readJournalLines(lines.join(''));
    session.cancel();
    for (const rest of [undefined, keeping().journal]) {
      const { journal } = past;
      const options = { mechanism: 'patient/thrice', agents: outside, ...(rest && { journal: rest }) } as const;
      const resumed = mechane.resume(journal, options);
      resumed.close();
      expect(await resumed.outcome).toEqual({ heard: [1, 0, 0] });
    }
  });
  test('has its name and its note', async () => {
    const { cut, mechane } = await cutOff('patient/thrice', { id: 'lot 12', note: { room: 3 } });
    const notes: unknown[] = [];
    mechane.on(({ run, note }) => notes.push([run, note]));
    const resumed = mechane.resume(cut, { mechanism: 'patient/thrice', agents: outside });
    expect(resumed.id).toBe('lot 12');
    await settled();
    resumed.cancel();
    await resumed.result.catch(() => {});
    expect(new Set(notes.map((each) => JSON.stringify(each)))).toEqual(new Set(['["lot 12",{"room":3}]']));
  });
});
