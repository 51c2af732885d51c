import { createMechane, type RunEvent } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { AskedAgents } from '../src/play/asked-agents.ts';
import { RunTelling } from '../src/play/observer.ts';
import type { RunIdentity } from '../src/play/run-identity.ts';
import { localEvents } from '../src/services/events.ts';
import { examples } from './example-mechanisms.ts';

describe('what a scenario tells', () => {
  test('says of which run it is, and what was noted of it where something was', () => {
    const mechane = createMechane().use(examples);
    const heard: RunEvent[] = [];
    mechane.on((event) => heard.push(event));
    const reports = { ann: { bid: 1 } };
    for (const note of [{ room: 3 }, undefined]) {
      heard.length = 0;
      mechane.run('example/second-price', { reports, ...(note && { note }) });
      expect(heard.map(({ kind }) => kind)).toEqual(['opened', 'sold', 'finished']);
      expect(new Set(heard.map(({ run }) => run)).size).toBe(1);
      for (const event of heard) {
        if (note) expect(event.note).toEqual(note);
        else expect(event).not.toHaveProperty('note');
      }
    }
  });
  test('is put together for nobody, and its run needs no name, where nobody listens', () => {
    const identity = {
      note: undefined,
      get id(): string {
        throw new Error('a name was drawn');
      },
    };
    const telling = new RunTelling(localEvents(), identity as unknown as RunIdentity);
    telling.tell({ kind: 'joined', agent: 'ann' });
    expect(telling.heard).toBe(false);
  });
});

describe('who is asked', () => {
  test('is looked up in the list that is given, also where it has grown, or another is as long', () => {
    const asked = new AskedAgents();
    const list = ['ann'];
    expect([...asked.of(list)]).toEqual(['ann']);
    expect([...asked.of(['bob'])]).toEqual(['bob']);
    list.push('bob');
    expect([...asked.of(list)]).toEqual(['ann', 'bob']);
    list.push('eve');
    expect([...asked.of(list)]).toEqual(['ann', 'bob', 'eve']);
  });
  test('is put together once for the same list', () => {
    const asked = new AskedAgents();
    const list = ['ann'];
    expect(asked.of(list)).toBe(asked.of(list));
    const nobody: string[] = [];
    expect(asked.of(nobody)).toBe(asked.of(nobody));
  });
});
