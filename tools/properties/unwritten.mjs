/** What stands in a mechanism's page where a human has to write. */
export const unwritten = 'TODO';
