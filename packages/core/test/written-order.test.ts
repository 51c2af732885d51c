import { inWrittenOrder } from '@mechane/core/host';
import { describe, expect, test } from 'vitest';

describe('the order in which a text lists agents', () => {
  test('is that of its reports and strategies, and of nothing else', () => {
    const text = '{"settings":{"reports":{"9":1,"8":2}},"reports":{"b":{"9":1,"8":2},"10":{"reports":{}},"9":3}}';
    expect(inWrittenOrder(JSON.parse(text), text)).toEqual({
      settings: { reports: { 8: 2, 9: 1 } },
      reports: [
        ['b', { 8: 2, 9: 1 }],
        ['10', { reports: {} }],
        ['9', 3],
      ],
    });
    const game = '{"settings":{"strategies":{"9":["x"],"8":["y"]},"reports":{"9":1}}}';
    expect(inWrittenOrder(JSON.parse(game), game)).toEqual({
      settings: {
        strategies: [
          ['9', ['x']],
          ['8', ['y']],
        ],
        reports: { 9: 1 },
      },
    });
    for (const plain of ['{"reports":{"b":1,"a":2}}', '[{"reports":{"2":1,"1":2}}]', '{"reports":[]}', '7', 'null'])
      expect(inWrittenOrder(JSON.parse(plain), plain)).toEqual(JSON.parse(plain));
  });
  test('is found where the scenario stands in a text', () => {
    const text = '{"reports":{"2":1,"1":2},"params":[{"reports":{"1":{},"b":[{"2":3}],"0":[]}}]}';
    const { params } = JSON.parse(text);
    expect(inWrittenOrder(params[0], text, ['params', 0])).toEqual({
      reports: [
        ['1', {}],
        ['b', [{ 2: 3 }]],
        ['0', []],
      ],
    });
  });
});
