/*
 * Whatever of a scenario is of a wrong kind, the error says what to do about it: for every mechanism, at every place of its settings, reports and
 * columns; and so do the packages that others call: packings, and the programs of the optimizer.
 */
import { isMechaneError } from '@mechane/core';
import { inputSchema } from '@mechane/core/host';
import { createOptimizer } from '@mechane/optimization';
import { packingOf, recheckSelection } from '@mechane/packing';
import { expect, test } from 'vitest';
import { mechane, mechanisms, playScenario } from './installed.ts';

/** The parts of a JSON Schema that say what a value looks like. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema | boolean;
  readonly prefixItems?: readonly Schema[];
}

/** A value that fits a schema, with all that it may have. */
function fitting(schema: Schema): unknown {
  const { type, properties, additionalProperties, items, prefixItems } = schema;
  const [alternative] = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (alternative) return fitting(alternative);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (type === 'array' && prefixItems) return prefixItems.map(fitting);
  if (type === 'array') return [fitting(items as Schema)];
  if (type === 'string') return 'A';
  if (type !== 'object') return 1;
  const named = Object.entries(properties ?? {}).map(([key, member]) => [key, fitting(member)] as const);
  const others = typeof additionalProperties === 'object' ? [['A', fitting(additionalProperties)] as const] : [];
  return Object.fromEntries([...named, ...others]);
}

/** The alternatives of a schema, each with a value that fits it. */
function alternativesOf({ anyOf, oneOf, ...rest }: Schema): readonly unknown[] {
  return (anyOf ?? oneOf ?? [rest]).map(fitting);
}

const wrong = [undefined, null, true, -1, 0.5, 1e300, Number.NaN, '', 'abc', '7', [], [1, 'x'], {}, { zzz: 1 }];

/** A value with something wrong at each of its places in turn. */
function* spoilt(value: unknown): Generator<unknown> {
  yield* wrong;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    for (const member of spoilt(value[key as never])) {
      if (Array.isArray(value)) yield value.map((each, index) => (index === Number(key) ? member : each));
      else yield member === undefined ? without(value, key) : { ...value, [key]: member };
    }
  }
}

function without(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

/** Settings that no schema tells. */
const known: Readonly<Record<string, object>> = {
  'auction-sealed/optimal': { distribution: { kind: 'uniform', low: 0, high: 10 } },
  'game-theory/mediator': { strategies: { ann: ['A', 'B'], bob: ['A', 'B'] } },
};

test.each(mechanisms.map((mechanism) => [mechanism.id, mechanism] as const))(
  '%s says of all that is wrong what to do',
  (id, mechanism) => {
    const settings = known[id] ?? (fitting(inputSchema(mechanism.settings) as Schema) as object);
    const [report, ...others] = alternativesOf(inputSchema(mechanism.report ?? mechanism.message) as Schema);
    const scenario = (given: unknown, said: unknown): object =>
      mechanism.report
        ? { mechanism: id, settings: given, reports: { ann: said, bob: report }, seed: 1 }
        : { mechanism: id, settings: given, messages: [['ann', said]], seed: 1 };
    const mute = new Set<string>();
    let refused = 0;
    const play = (played: unknown): void => {
      try {
        playScenario(played);
      } catch (thrown) {
        refused += 1;
        if (!isMechaneError(thrown) || thrown.fix === undefined || thrown.fix === '') mute.add(String(thrown));
      }
    };
    for (const given of spoilt(settings)) play(scenario(given, report));
    for (const each of [report, ...others]) for (const said of spoilt(each)) play(scenario(settings, said));
    for (const common of ['breakTie', 'unit', 'sealing'])
      for (const given of wrong) play(scenario({ ...settings, [common]: given }, report));
    for (const part of ['mechanism', 'settings', 'reports', 'messages', 'types', 'seed'])
      for (const given of wrong) play({ ...scenario(settings, report), [part]: given });
    for (const given of wrong) play(given);
    expect([...mute]).toEqual([]);
    expect(refused).toBeGreaterThan(50);
  },
);

type Numbers = Float64Array | Int32Array | Uint8Array;

/** A value with something wrong in turn at each of the places where a type would let it stand: other numbers, and lists that are too long or short. */
function* wronglyCounted(value: unknown): Generator<unknown> {
  if (typeof value === 'number') yield* [-1, 0, 0.5, 7, 1e300, Number.NaN, Number.POSITIVE_INFINITY];
  if (typeof value !== 'object' || value === null) return;
  const isTyped = ArrayBuffer.isView(value);
  if (isTyped) yield* [[...(value as Numbers)], undefined];
  if (isTyped || Array.isArray(value)) {
    const list = value as Numbers;
    yield list.slice(1);
    for (let at = 0; at < list.length; at++)
      for (const member of wronglyCounted(list[at])) yield list.with(at, member as number);
    return;
  }
  for (const [key, own] of Object.entries(value))
    for (const member of wronglyCounted(own)) yield { ...value, [key]: member };
}

/** What is refused without a word on what to do, and how much is refused at all. */
function refusals(values: Iterable<unknown>, take: (value: unknown) => void): { mute: string[]; refused: number } {
  const mute = new Set<string>();
  let refused = 0;
  for (const value of values) {
    try {
      take(value);
    } catch (thrown) {
      refused += 1;
      if (!(thrown as { readonly fix?: string }).fix) mute.add(String(thrown));
    }
  }
  return { mute: [...mute], refused };
}

const columnsOf: Readonly<Record<string, object>> = {
  bids: { ids: ['ann', 'bob'], bids: Float64Array.of(3, 2) },
  values: { ids: ['ann', 'bob'], values: Float64Array.of(3, 2) },
  thresholds: { ids: ['ann', 'bob'], thresholds: Float64Array.of(1, 0) },
  orders: { ids: ['ann', 'bob'], prices: Float64Array.of(3, 2), quantities: Float64Array.of(1, -1) },
};

test.each(mechanisms.filter(({ columns }) => columns).map((mechanism) => [mechanism.id, mechanism] as const))(
  '%s says of all that is wrong in columns what to do',
  (id, mechanism) => {
    const settings = known[id] ?? (fitting(inputSchema(mechanism.settings) as Schema) as object);
    const play = (columns: unknown): unknown => mechane.run(id, { settings, columns, seed: 1 } as never);
    const good = Object.values(columnsOf).find((columns) => refusals([columns], play).refused === 0);
    if (good === undefined) throw new Error(`${id} takes none of the columns that are known here`);
    const shapes = [...wrong, ...Object.keys(good).flatMap((key) => wrong.map((own) => ({ ...good, [key]: own })))];
    const { mute, refused } = refusals([...shapes, ...wronglyCounted(good)], play);
    expect(mute).toEqual([]);
    expect(refused).toBeGreaterThan(20);
  },
);

test('a packing, and a selection of its sets, say of all that is wrong what to do', () => {
  const good = { values: [3, 2], rowsOfSets: [[0], [0, 1]], capacity: [1, 1] };
  type Given = typeof good;
  const packings = refusals(wronglyCounted(good), (given) => {
    const { values, rowsOfSets, capacity } = given as Given;
    packingOf(values, rowsOfSets, capacity);
  });
  expect(packings.mute).toEqual([]);
  expect(packings.refused).toBeGreaterThan(20);
  const packing = packingOf(good.values, good.rowsOfSets, good.capacity);
  const selections = refusals(wronglyCounted({ sets: [0], value: 3 }), (selection) =>
    recheckSelection(packing, selection as never),
  );
  expect(selections.mute).toEqual([]);
  expect(selections.refused).toBeGreaterThan(5);
});

test('a program, and the options to solve it with, say of all that is wrong what to do', async () => {
  const optimizer = await createOptimizer();
  const good = {
    sense: 'maximize',
    offset: 1,
    costs: Float64Array.of(3, 5),
    lower: Float64Array.of(0, 0),
    upper: Float64Array.of(4, 6),
    integer: Uint8Array.of(0, 1),
    rowLower: Float64Array.of(0, 0),
    rowUpper: Float64Array.of(9, 18),
    matrix: {
      starts: Int32Array.of(0, 1, 3),
      indices: Int32Array.of(0, 0, 1),
      values: Float64Array.of(1, 1, 2),
    },
  };
  const programs = [...wrong.map((sense) => ({ ...good, sense })), ...wronglyCounted(good)];
  const { mute, refused } = refusals(programs, (program) => optimizer.solve(program as never));
  expect(mute).toEqual([]);
  expect(refused).toBeGreaterThan(40);
  const options = wronglyCounted({ timeLimit: 1, nodeLimit: 1, relativeGap: 1, incumbent: Float64Array.of(1, 1) });
  const refusedOptions = refusals(options, (given) => optimizer.solve(good as never, given as never));
  expect(refusedOptions.mute).toEqual([]);
  expect(refusedOptions.refused).toBeGreaterThan(5);
});
