import { type LiveAgent, MechaneError, type ResponseContext, testClock } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { AgentCalls } from '../src/live/agent-calls.ts';
import type { Participant } from '../src/live/agent-registry.ts';
import type { AskingRound } from '../src/live/asking-round.ts';
import type { Receipt } from '../src/play/journal.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));
const receipt: Receipt = { seq: 1, at: 0, hash: null };
const refusal = (code = 'invalid-message') => new MechaneError(code, { problem: 'no such bid', path: ['bid'] });

interface Round extends AskingRound {
  isOver: boolean;
  readonly gaveUp: [string, string][];
  readonly controller: AbortController;
}

function round(number = 1, listens = false, asked: readonly string[] = ['ann']): Round {
  const controller = new AbortController();
  const gaveUp: [string, string][] = [];
  return {
    number,
    listens,
    isOver: false,
    controller,
    gaveUp,
    signal: controller.signal,
    asks: (agent) => asked.includes(agent),
    contentFor: (agent) => `${number} for ${agent}`,
    giveUp: (agent, why) => void gaveUp.push([agent, why]),
  };
}

/** Who calls, what was said to it, and what it answers to that. */
function stage(agents: Record<string, Participant>, answer: (message: unknown) => Receipt | Promise<Receipt>) {
  const clock = testClock();
  const said: [string, unknown, number][] = [];
  const held: { current: AskingRound | undefined } = { current: undefined };
  const calls = new AgentCalls({
    mechanism: { id: 'example/auction' },
    agents: new Map(Object.entries(agents)),
    clock,
    current: () => held.current,
    say(agent, message, { number }) {
      said.push([agent, message, number]);
      return answer(message);
    },
  });
  return { calls, clock, said, held };
}

/** An agent that gives one answer after another, and what it was asked. */
function scripted(...answers: unknown[]) {
  const heard: [unknown, ResponseContext][] = [];
  const agent: LiveAgent = (ask, context) => {
    heard.push([ask, context]);
    return answers[Math.min(heard.length, answers.length) - 1];
  };
  return { agent, heard };
}

const taken = () => receipt;
const refusing = (error: unknown) => (): Receipt => {
  throw error;
};

describe('an agent that is a function', () => {
  test('is asked once, told who it is, of which round and mechanism, and heard', async () => {
    const { agent, heard } = scripted(7);
    const { calls, said } = stage({ ann: agent }, taken);
    const first = round();
    calls.ask(first, 'ann');
    await settled();
    expect(said).toEqual([['ann', 7, 1]]);
    expect(first.gaveUp).toEqual([]);
    const [[ask, context] = []] = heard;
    expect(ask).toBe('1 for ann');
    expect(context).toEqual({ agent: 'ann', mechanism: 'example/auction', round: 1, signal: first.signal });
    expect(context).not.toHaveProperty('refused');
  });
  test('may be an object, whose method then is its own', async () => {
    const bidder = {
      limit: 9,
      respond() {
        return this.limit;
      },
    };
    const { calls, said } = stage({ ann: bidder }, taken);
    calls.ask(round(), 'ann');
    await settled();
    expect(said).toEqual([['ann', 9, 1]]);
  });
  test('is given up where it says nothing, throws or rejects', async () => {
    const throwing = () => {
      throw new Error('no');
    };
    const agents = { ann: () => undefined, bob: throwing, cat: () => Promise.reject(new Error('no')) };
    const { calls, said } = stage(agents, taken);
    const first = round(1, false, ['ann', 'bob', 'cat']);
    for (const agent of ['ann', 'bob', 'cat']) calls.ask(first, agent);
    await settled();
    expect(said).toEqual([]);
    expect(first.gaveUp.sort()).toEqual([
      ['ann', 'said-nothing'],
      ['bob', 'threw'],
      ['cat', 'threw'],
    ]);
  });
  test('that still thinks is asked in the next round all the same', async () => {
    let asked = 0;
    const ann = () => {
      asked += 1;
      return new Promise(() => {});
    };
    const { calls } = stage({ ann }, taken);
    calls.ask(round(1), 'ann');
    calls.ask(round(2), 'ann');
    await settled();
    expect(asked).toBe(2);
  });
  test('is not asked where it answers from outside', async () => {
    const { calls, said } = stage({ ann: 'external' }, taken);
    const first = round();
    calls.ask(first, 'ann');
    await settled();
    expect([said, first.gaveUp]).toEqual([[], []]);
  });
});

describe('an answer that is refused', () => {
  test.each([
    ['at once', refusing(refusal())],
    ['later', () => Promise.reject(refusal())],
  ])(
    '%s may be mended twice in one instant, each time told what was wrong; then its agent is given up',
    async (_, answer) => {
      const { agent, heard } = scripted(1, 2, 3, 4);
      const { calls, said } = stage({ ann: agent }, answer);
      const first = round();
      calls.ask(first, 'ann');
      await settled();
      expect(said).toEqual([
        ['ann', 1, 1],
        ['ann', 2, 1],
        ['ann', 3, 1],
      ]);
      expect(heard.map(([, { refused }]) => refused?.code)).toEqual([undefined, 'invalid-message', 'invalid-message']);
      expect(heard[1]?.[1].refused).toEqual(refusal().toJSON());
      expect(first.gaveUp).toEqual([['ann', 'malformed']]);
    },
  );
  test('may be mended as often as there is time', async () => {
    const { agent, heard } = scripted(1);
    const { calls, clock } = stage({ ann: agent }, () => {
      clock.advance(1);
      throw refusal();
    });
    const first = round();
    let left = 20;
    Object.defineProperty(first, 'isOver', { get: () => left-- <= 0 });
    calls.ask(first, 'ann');
    await settled();
    expect(heard.length).toBe(21);
    expect(first.gaveUp).toEqual([['ann', 'malformed']]);
  });
  test.each(['late-message', 'out-of-turn', 'duplicate-message', 'unknown-agent', 'journal-failed', 'aborted'])(
    'for what no better answer would mend is the last: %s',
    async (code) => {
      const { agent, heard } = scripted(1);
      const { calls } = stage({ ann: agent }, refusing(refusal(code)));
      const first = round();
      calls.ask(first, 'ann');
      await settled();
      expect(heard.length).toBe(1);
      expect(first.gaveUp).toEqual([]);
    },
  );
  test('by something that is no coded error is nobody’s answer to mend', async () => {
    const { agent, heard } = scripted(1);
    const { calls } = stage({ ann: agent }, refusing(new Error('disk')));
    const first = round();
    calls.ask(first, 'ann');
    await settled();
    expect([heard.length, first.gaveUp]).toEqual([1, []]);
  });
});

describe('where a mechanism listens', () => {
  /** An agent that thinks until it is told what to say. */
  function thinking() {
    const thoughts: ((message: unknown) => void)[] = [];
    const heard: ResponseContext[] = [];
    const agent: LiveAgent = (_, context) => {
      heard.push(context);
      return new Promise((resolve) => void thoughts.push(resolve));
    };
    return { agent, thoughts, heard };
  }

  test('an agent that still thinks is not asked again, and is heard in the round that is open then', async () => {
    const { agent, thoughts } = thinking();
    const { calls, said, held } = stage({ ann: agent }, taken);
    const [first, second] = [round(1, true), round(2, true)];
    calls.ask(first, 'ann');
    await settled();
    held.current = second;
    calls.ask(second, 'ann');
    await settled();
    expect(thoughts.length).toBe(1);
    thoughts[0]?.(5);
    await settled();
    expect(said).toEqual([['ann', 5, 2]]);
    // It has answered: the next round may ask it again.
    calls.ask(round(3, true), 'ann');
    await settled();
    expect(thoughts.length).toBe(2);
  });
  test('an agent that had nothing to say to an earlier round is asked in the one that is open, and else given up', async () => {
    const { agent, thoughts, heard } = thinking();
    const { calls, held } = stage({ ann: agent }, taken);
    const [first, second] = [round(1, true), round(2, true)];
    calls.ask(first, 'ann');
    await settled();
    held.current = second;
    thoughts[0]?.(undefined);
    await settled();
    expect(heard.map(({ round }) => round)).toEqual([1, 2]);
    thoughts[1]?.(undefined);
    await settled();
    expect([first.gaveUp, second.gaveUp]).toEqual([[], [['ann', 'said-nothing']]]);
  });
  test.each([
    ['does not ask it', round(2, true, ['bob'])],
    ['does not listen', round(2, false)],
    ['is none', undefined],
  ])('an answer is for the round that asked where the one that is open %s', async (_, current) => {
    const { agent, thoughts } = thinking();
    const { calls, said, held } = stage({ ann: agent }, taken);
    calls.ask(round(1, true), 'ann');
    await settled();
    held.current = current;
    thoughts[0]?.(5);
    await settled();
    expect(said).toEqual([['ann', 5, 1]]);
  });
  test('an agent that throws is given up in the round that is open, and not asked again', async () => {
    let asked = 0;
    const ann = () => {
      asked += 1;
      return Promise.reject(new Error('no'));
    };
    const { calls, held } = stage({ ann }, taken);
    const [first, second] = [round(1, true), round(2, true)];
    held.current = second;
    calls.ask(first, 'ann');
    await settled();
    expect([first.gaveUp, second.gaveUp]).toEqual([[], [['ann', 'threw']]]);
    expect(asked).toBe(1);
  });
  test('the signal is aborted by the end of the run, not by that of the round', async () => {
    const { agent, heard } = thinking();
    const { calls } = stage({ ann: agent, bob: agent }, taken);
    const first = round(1, true, ['ann', 'bob']);
    calls.ask(first, 'ann');
    calls.ask(first, 'bob');
    await settled();
    const [ann, bob] = heard as [ResponseContext, ResponseContext];
    first.controller.abort();
    expect(ann.signal.aborted).toBe(false);
    calls.end();
    expect(ann.signal.aborted).toBe(true);
    // Whoever looks for the first time finds it aborted, too.
    expect(bob.signal.aborted).toBe(true);
  });
  test('the signal is found aborted by whoever looks after the end', async () => {
    const { agent, heard } = thinking();
    const { calls } = stage({ ann: agent }, taken);
    calls.ask(round(1, true), 'ann');
    await settled();
    calls.end();
    expect(heard[0]?.signal.aborted).toBe(true);
  });
});
