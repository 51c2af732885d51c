import type { CallToolResult } from '@modelcontextprotocol/server';

/** An answer as a tool's result: structured, and the same as text. */
export function answered(content: object): CallToolResult {
  return {
    content: [{ type: 'text', text: JSON.stringify(content) }],
    structuredContent: content as Record<string, unknown>,
  };
}

/** What is wrong with a call, for the model to mend. */
export function refused(problem: object): CallToolResult {
  return { ...answered(problem), isError: true };
}
