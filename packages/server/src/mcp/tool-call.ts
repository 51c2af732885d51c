import { inWrittenOrder } from '@mechane/core/host';
import { lostIn, type WrittenJson } from '../http/json-body.ts';
import { refused } from './tool-result.ts';

/** What a client says, to be heard; or what it is answered at once. */
export type Heard = { readonly message: unknown } | { readonly answer: object };

const place = ['params', 'arguments'];

/**
 * A message of the protocol in which the arguments of a tool are as they are written: the agents of a scenario in their order. A call of which
 * something was lost, such as a digit of a number, is refused as the tool itself would refuse it.
 */
export function heardAsWritten(written: WrittenJson): Heard {
  const { value, text } = written;
  if (!isToolCall(value)) return { message: value };
  const lost = lostIn(written, place);
  if (lost !== undefined) {
    const result = { resultType: 'complete', ...refused(lost.toJSON()) };
    return { answer: { jsonrpc: '2.0', id: value.id ?? null, result } };
  }
  const { params } = value;
  const given = inWrittenOrder(params.arguments, text, place);
  return { message: given === params.arguments ? value : { ...value, params: { ...params, arguments: given } } };
}

interface ToolCall {
  readonly id?: unknown;
  readonly params: { readonly arguments: unknown };
}

function isToolCall(value: unknown): value is ToolCall {
  const { method, params } = Object(value) as { readonly method?: unknown; readonly params?: unknown };
  return method === 'tools/call' && typeof params === 'object' && params !== null;
}
