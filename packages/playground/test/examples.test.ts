import { createMechane, type Plugin } from '@mechane/core';
import { type AnyRecord, pictureOf } from '@mechane/plots';
import { describe, expect, test } from 'vitest';
import { examples } from '../src/mechanisms/examples.ts';
import { pluginOf } from '../src/mechanisms/packages.ts';

const rooms = [...new Set(Object.keys(examples).map((id) => id.split('/')[0] as string))];

describe.each(rooms)('the mechanisms of %s', async (room) => {
  const mechane = createMechane().use((await pluginOf(`${room}/any`)) as Plugin);
  await mechane.prepare();

  test.each(mechane.mechanisms.map(({ id }) => id))('%s has an example that plays and has a picture', (id) => {
    const told = examples[id];
    expect(told, 'there is no example in examples.ts').toBeDefined();
    const result = mechane.runScenario({ mechanism: id, ...told });
    const figure = pictureOf({ ...told, ...result, outcome: result.outcome as AnyRecord });
    expect(figure.marks.length).toBeGreaterThan(2);
    if (id !== 'market/multi-commodity') expect(figure.title).not.toContain('The outcome of');
  });
});
