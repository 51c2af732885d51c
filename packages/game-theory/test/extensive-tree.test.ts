import { describe, expect, test } from 'vitest';
import {
  chance,
  type ExtensiveGame,
  ends,
  extensiveGame,
  forgottenMove,
  kuhnPoker,
  leducPoker,
  move,
  readEfg,
  readJsonTree,
  seltensHorse,
  strippedDownPoker,
  writeEfg,
  writeJsonTree,
} from '../src/index.ts';

const coded = (code: string, path: readonly (string | number)[], message: RegExp) =>
  expect.objectContaining({ code, path, message: expect.stringMatching(message) });
const refusal = (input: unknown): unknown => {
  try {
    readJsonTree(input);
  } catch (thrown) {
    return thrown;
  }
  return undefined;
};
const leaf = { payoffs: [0, 0] };
const tree = (root: unknown, more: object = {}): unknown => ({ players: ['1', '2'], root, ...more });
const moves = (...branches: unknown[]): unknown => ({
  player: '1',
  informationSet: 'a',
  actions: branches.map((to, at) => ({ action: `a${at}`, to })),
});

describe('a tree', () => {
  test('is read from JSON, and written so that it is read the same', () => {
    for (const game of [kuhnPoker(), leducPoker(), seltensHorse(), strippedDownPoker()]) {
      const json: unknown = JSON.parse(JSON.stringify(writeJsonTree(game)));
      expect(writeEfg(readJsonTree(json))).toBe(writeEfg(game));
    }
  });

  test('has payoffs on the way, labels, names of outcomes and nodes called by name', () => {
    const game = readJsonTree({
      title: 'toll',
      comment: 'a toll on the way',
      players: ['1', '2'],
      root: { label: 'gate', player: '2', payoffs: [1, -1], outcome: 'toll', actions: [{ action: 'go', to: 'end' }] },
      nodes: { end: { label: 'inn', payoffs: ['1/3', 0.1], outcome: 'rest' } },
    });
    expect(game.nodes.map(({ label, outcome }) => [label, outcome?.label, outcome?.payoffs.map(String)])).toEqual([
      ['gate', 'toll', ['1', '-1']],
      ['inn', 'rest', ['1/3', '1/10']],
    ]);
    expect(game.informationSets[1]).toEqual([{ label: '', actions: ['go'], nodes: [0] }]);
    expect(readJsonTree(writeJsonTree(game))).toMatchObject({ title: 'toll', comment: 'a toll on the way' });
  });

  test('that came from a file without names is written with numbers', () => {
    const game = readEfg(`EFG 2 R "" { "" "" } c "" 1 "" { "" 1/2 "" 1/2 } 0
      p "" 2 1 "" { "" "" } 0 t "" 0 t "" 1 "" { 1 2 }
      p "" 2 2 "" { "x" "y" } 0 t "" 1 t "" 0`);
    const json = writeJsonTree(game);
    expect(json.players).toEqual(['1', '2']);
    expect(json.root).toEqual({
      chance: [
        {
          probability: '1/2',
          to: {
            player: '2',
            informationSet: '1',
            actions: [
              { action: '1', to: { payoffs: ['0', '0'] } },
              { action: '2', to: { payoffs: ['1', '2'] } },
            ],
          },
        },
        {
          probability: '1/2',
          to: {
            player: '2',
            informationSet: '2',
            actions: [
              { action: 'x', to: { payoffs: ['1', '2'] } },
              { action: 'y', to: { payoffs: ['0', '0'] } },
            ],
          },
        },
      ],
    });
    expect(readJsonTree(json).nodes).toHaveLength(game.nodes.length);
  });

  test('gives nodes without an information set one of their own', () => {
    const stop = () => ({ player: '1', actions: [{ action: 'stop', to: leaf }] });
    const game = readJsonTree(
      tree({
        chance: [
          { probability: '1/2', to: stop() },
          { probability: 0.5, to: stop() },
        ],
      }),
    );
    expect(game.informationSets[0]?.map(({ nodes }) => nodes)).toEqual([[1], [3]]);
    expect(game.nodes[0]).toMatchObject({ actions: ['1', '2'] });
  });

  test('of published games has their size', () => {
    const sizes = (game: ExtensiveGame) => [
      game.nodes.filter(({ kind }) => kind === 'terminal').length,
      ...game.informationSets.map((sets) => sets.length),
    ];
    expect(sizes(kuhnPoker())).toEqual([30, 6, 6]);
    expect(sizes(leducPoker({ suits: true }))).toEqual([5520, 468, 468]);
    expect(sizes(leducPoker())).toEqual([1116, 144, 144]);
    expect(sizes(strippedDownPoker())).toEqual([6, 2, 1]);
    expect(sizes(seltensHorse())).toEqual([5, 1, 1, 1]);
    expect(sizes(kuhnPoker({ cards: 5 }))).toEqual([100, 10, 10]);
    for (const cards of [1, 2.5, 201, Number.NaN]) {
      expect(() => kuhnPoker({ cards })).toThrow(expect.objectContaining({ code: 'invalid-game', path: ['cards'] }));
    }
  });
});

describe('a bad tree is refused', () => {
  test('when it has a cycle, by name or by reference', () => {
    expect(refusal(tree('a', { nodes: { a: moves('b'), b: moves('a') } }))).toEqual(
      coded('invalid-game', ['nodes', 'b', 'actions', 0, 'to'], /back to a node on the way/),
    );
    const around = { player: '1', actions: [{ action: 'again', to: leaf as unknown }] };
    (around.actions[0] as { to: unknown }).to = around;
    expect(refusal(tree(around))).toEqual(coded('invalid-game', ['root', 'actions', 0, 'to'], /back to a node/));
    const far = { player: '1', informationSet: 'x', actions: [{ action: 'again', to: leaf as unknown }] };
    let deep: unknown = far;
    for (let level = 0; level < 80; level++) deep = { player: '2', actions: [{ action: 'on', to: deep }] };
    (far.actions[0] as { to: unknown }).to = far;
    expect(refusal(tree(deep))).toMatchObject({
      code: 'invalid-game',
      message: expect.stringMatching(/back to a node/),
    });
  });

  test('when nodes cannot be reached, or twice, or are not there', () => {
    expect(refusal(tree(leaf, { nodes: { island: leaf } }))).toEqual(
      coded('invalid-game', ['nodes', 'island'], /no branch leads/),
    );
    expect(refusal(tree(moves('end', 'end'), { nodes: { end: leaf } }))).toEqual(
      coded('invalid-game', ['root', 'actions', 1, 'to'], /a second branch/),
    );
    expect(refusal(tree(moves('edn'), { nodes: { end: leaf } }))).toEqual(
      coded('invalid-game', ['root', 'actions', 0, 'to'], /no node "edn".*did you mean "end"/),
    );
    expect(refusal(tree('toString'))).toEqual(coded('invalid-game', ['root'], /no node "toString"/));
  });

  test('when probabilities are negative, do not sum to one or are no numbers', () => {
    const toss = (...probabilities: unknown[]) =>
      tree({ chance: probabilities.map((probability) => ({ probability, to: leaf })) });
    expect(refusal(toss(0.5, 0.4))).toEqual(coded('invalid-game', ['root', 'chance'], /sum to 9\/10/));
    expect(refusal(toss(1 / 3, 1 / 3, 1 / 3))).toEqual(coded('invalid-game', ['root', 'chance'], /fractions/));
    expect(refusal(toss(`1/1${'0'.repeat(50)}`))).toEqual(
      coded('invalid-game', ['root', 'chance'], /sum to about 1e-50/),
    );
    expect(refusal(toss(1.5, -0.5))).toEqual(coded('invalid-game', ['root', 'chance', 1, 'probability'], /negative/));
    for (const odd of [Number.NaN, Infinity, '1e99999', null, {}, undefined]) {
      expect(refusal(toss(odd))).toMatchObject({ code: 'invalid-number', path: ['root', 'chance', 0, 'probability'] });
    }
  });

  test('when payoffs are too few, too many, no numbers or missing', () => {
    expect(refusal(tree({ payoffs: [1] }))).toEqual(coded('invalid-game', ['root', 'payoffs'], /1 payoffs for 2/));
    expect(refusal(tree({ payoffs: [] }))).toEqual(coded('invalid-game', ['root', 'payoffs'], /no payoffs/));
    expect(refusal(tree({ payoffs: [1, 'x'] }))).toMatchObject({
      code: 'invalid-number',
      path: ['root', 'payoffs', 1],
    });
    expect(refusal(tree({}))).toEqual(coded('invalid-game', ['root'], /no move and has no payoffs/));
    expect(refusal(tree({ outcome: 'win' }))).toEqual(coded('invalid-game', ['root', 'payoffs'], /has no payoffs/));
    expect(refusal(tree({ payoffs: [1e308, -1e308] }))).toBeUndefined();
  });

  test('when its nodes are no nodes', () => {
    expect(refusal(undefined)).toEqual(coded('invalid-game', [], /missing/));
    expect(refusal([])).toEqual(coded('invalid-game', [], /no object/));
    expect(refusal(tree(7))).toEqual(coded('invalid-game', ['root'], /no object/));
    expect(refusal(tree(null))).toEqual(coded('invalid-game', ['root'], /no object/));
    expect(refusal({ ...(tree(leaf) as object), rot: 1 })).toEqual(
      coded('invalid-game', ['rot'], /did you mean "root"/),
    );
    expect(refusal(tree({ payofs: [1, 2] }))).toEqual(
      coded('invalid-game', ['root', 'payofs'], /did you mean "payoffs"/),
    );
    expect(refusal(tree({ whatever: 1 }))).toEqual(coded('invalid-game', ['root', 'whatever'], /nobody knows/));
    expect(refusal(tree({ chance: [], player: '1' }))).toEqual(coded('invalid-game', ['root', 'player'], /nature/));
    expect(refusal(tree({ chance: [] }))).toEqual(coded('invalid-game', ['root', 'chance'], /no branches/));
    expect(refusal(tree({ chance: [{ action: 3, probability: 1, to: leaf }] }))).toEqual(
      coded('invalid-game', ['root', 'chance', 0, 'action'], /name is missing/),
    );
    expect(refusal(tree({ player: '3', actions: [] }))).toEqual(
      coded('invalid-game', ['root', 'player'], /no player "3"/),
    );
    expect(refusal(tree({ actions: [] }))).toEqual(coded('invalid-game', ['root', 'player'], /no player moves/));
    expect(refusal(tree({ player: '1', actions: [] }))).toEqual(
      coded('invalid-game', ['root', 'actions'], /no actions/),
    );
    expect(refusal(tree({ player: '1', actions: [{ action: '', to: leaf }] }))).toEqual(
      coded('invalid-game', ['root', 'actions', 0, 'action'], /name/),
    );
    const twice = {
      player: '1',
      actions: [
        { action: 'a', to: leaf },
        { action: 'a', to: leaf },
      ],
    };
    expect(refusal(tree(twice))).toEqual(coded('invalid-game', ['root', 'actions', 1, 'action'], /two actions/));
    expect(refusal(tree({ label: 3, payoffs: [0, 0] }))).toEqual(coded('invalid-game', ['root', 'label'], /no text/));
  });

  test('when its players are none, unnamed or called alike', () => {
    expect(refusal({ players: [], root: leaf })).toEqual(coded('invalid-game', ['players'], /no players/));
    expect(refusal({ players: ['1', ''], root: leaf })).toEqual(coded('invalid-game', ['players', 1], /name/));
    expect(refusal({ players: ['1', '1'], root: leaf })).toEqual(coded('invalid-game', ['players', 1], /two players/));
    const crowd = Array.from({ length: 1_001 }, (_, player) => String(player));
    expect(refusal({ players: crowd, root: leaf })).toEqual(coded('invalid-game', ['players'], /1001 players/));
  });

  test('when the nodes of an information set differ in their actions', () => {
    const set = (...actions: string[]) => ({
      player: '1',
      informationSet: 'same',
      actions: actions.map((action) => ({ action, to: leaf })),
    });
    const both = (one: unknown, other: unknown) =>
      tree({
        chance: [
          { probability: '1/2', to: one },
          { probability: '1/2', to: other },
        ],
      });
    const path = ['root', 'chance', 1, 'to', 'actions'];
    expect(refusal(both(set('a', 'b'), set('a')))).toEqual(coded('invalid-game', path, /differ in their actions/));
    expect(refusal(both(set('a', 'b'), set('b', 'a')))).toEqual(coded('invalid-game', path, /differ in their actions/));
    expect(refusal(both(set('a', 'b'), { ...set('a'), player: '2' }))).toBeUndefined();
  });

  test('when it is too deep or too large', { tags: ['long'] }, () => {
    let deep: unknown = leaf;
    for (let level = 0; level < 6_000; level++) deep = { player: '1', actions: [{ action: 'on', to: deep }] };
    expect(refusal(tree(deep))).toMatchObject({ code: 'too-large' });
    // Each level holds the same node twice: 2^40 nodes when written out.
    let wide: unknown = leaf;
    for (let level = 0; level < 40; level++) wide = { chance: [1, 2].map(() => ({ probability: 0.5, to: wide })) };
    const bomb = { players: ['1', '2'], root: wide };
    expect(refusal(bomb)).toMatchObject({ code: 'too-large' });
  });
});

describe('perfect recall', () => {
  test('holds in the games that are known to have it', () => {
    for (const game of [kuhnPoker(), leducPoker(), seltensHorse(), strippedDownPoker()]) {
      expect(forgottenMove(game)).toBeUndefined();
    }
  });

  test('fails where a player forgets what it did, or that it did anything', () => {
    const guess = move('1', 'guess', [
      ['l', ends(1, 0)],
      ['r', ends(0, 1)],
    ]);
    const forgets = extensiveGame({
      players: ['1', '2'],
      root: move('1', 'first', [
        ['L', guess],
        ['R', guess],
      ]),
    });
    expect(forgottenMove(forgets)).toEqual({
      player: '1',
      informationSet: 'guess',
      nodes: [1, 4],
      lastMoves: [
        { informationSet: 'first', action: 'L' },
        { informationSet: 'first', action: 'R' },
      ],
    });
    const unnamed = readEfg(`EFG 2 R "" { "1" }
      p "" 1 1 "" { "stop" "go" } 0 t "" 0 p "" 1 1 0 t "" 0 t "" 0`);
    expect(forgottenMove(unnamed)?.informationSet).toBe('1');
    // Forgetting what was known: the set after a move from two different sets.
    const later = move('2', 'later', [['l', ends(0, 0)]]);
    const knew = extensiveGame({
      players: ['1', '2'],
      root: chance([
        ['1/2', move('2', 'red', [['go', later]])],
        ['1/2', move('2', 'black', [['go', later]])],
      ]),
    });
    expect(forgottenMove(knew)?.lastMoves).toEqual([
      { informationSet: 'red', action: 'go' },
      { informationSet: 'black', action: 'go' },
    ]);
  });
});
