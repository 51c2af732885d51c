/**
 * A fenced block of a page: its fence, its language, the file that the fence names in brackets, the line on which its content begins, and the
 * content.
 *
 * @typedef {{ fence: string, language: string, file: string | undefined, line: number, content: string }} Block
 */

/**
 * The fenced blocks of a page, in order.
 *
 * @param {string} markdown
 * @returns {Block[]}
 */
export function blocksIn(markdown) {
  /** @type {Block[]} */
  const blocks = [];
  const lines = markdown.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const [, indent = '', fence, info = ''] = /^([ \t]*)(`{3,}|~{3,})(.*)$/.exec(lines[index] ?? '') ?? [];
    if (fence === undefined) continue;
    const [, language = '', file] = /^\s*([^[]*?)\s*(?:\[([^\]]+)\]\s*)?$/.exec(info) ?? [];
    const begin = index + 1;
    do index += 1;
    while (index < lines.length && lines[index]?.trim() !== fence);
    const content = lines
      .slice(begin, index)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
    blocks.push({ fence, language, file, line: begin + 1, content: content.map((line) => `${line}\n`).join('') });
  }
  return blocks;
}

/**
 * What is to be done with a page's blocks, in order.
 *
 * @typedef {{ do: 'write', line: number, file: string, content: string }} Write
 * @typedef {{ do: 'import', line: number, file: string, code: string }} Import
 * @typedef {{ do: 'test', line: number, file: string, code: string }} Test
 * @typedef {{ do: 'type', line: number, commands: string, output: string | undefined }} Type
 * @typedef {Write | Import | Test | Type} Step
 */

/**
 * Turns blocks into steps. `ts` blocks without a name are no steps: they stand alone, and `documented-examples.test.ts` runs them.
 *
 * @param {readonly Block[]} blocks
 * @returns {Step[]}
 * @throws {Error} where a block could not be run, with its line
 */
export function stepsOf(blocks) {
  return blocks.flatMap((block, index) => stepsFor(block, blocks[index - 1], blocks[index + 1]));
}

/**
 * @param {Block} block
 * @param {Block | undefined} previous
 * @param {Block | undefined} next
 * @returns {Step[]}
 */
function stepsFor({ fence, language, file, line, content }, previous, next) {
  if (language === 'python' && file !== undefined) return [{ do: 'write', line, file, content }];
  switch (language) {
    case 'ts':
      if (file !== undefined) return [{ do: /\.test\.ts$/.test(file) ? 'test' : 'import', line, file, code: content }];
      if (fence === '```' && /^import /m.test(content)) return [];
      throw new Error(`line ${line}: an example imports what it uses, so that it can be run`);
    case 'json':
      if (file === undefined)
        throw new Error(`line ${line}: name the file that this is, as in \`\`\`json [auction.json]`);
      if (!isJson(content)) throw new Error(`line ${line}: this is no JSON`);
      return [{ do: 'write', line, file, content }];
    case 'sh':
      return [{ do: 'type', line, commands: content, output: next?.language === 'text' ? next.content : undefined }];
    case 'console':
      return typed(line, content);
    case 'text':
      if (file !== undefined) return [{ do: 'write', line, file, content }];
      if (previous?.language === 'sh') return [];
      throw new Error(`line ${line}: text is the output of the sh block before it, or a file that its fence names`);
    default:
      throw new Error(`line ${line}: nothing runs a block of the language "${language}"`);
  }
}

/** @param {string} text */
function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * A session on a terminal: lines after a `$`, each followed by what is answered.
 *
 * @param {number} line
 * @param {string} content
 * @returns {Type[]}
 */
function typed(line, content) {
  return content
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [commands = '', ...output] = part.split('\n');
      return { do: 'type', line, commands, output: output.join('\n') };
    });
}

/**
 * Whether an output is what a page says. `…` stands for what is left out: on a line of its own for any lines, within a line
 * for anything on it.
 *
 * @param {string} output
 * @param {string} said
 */
export function isOutput(output, said) {
  const pattern = tidy(said)
    .map((line) => (line.trim() === '…' ? '(?:.*\n)*?' : `${line.split('…').map(escaped).join('.*')}\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(
    tidy(output)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

/** @param {string} text */
function tidy(text) {
  return text
    .replace(/^\n+|\s+$/g, '')
    .split('\n')
    .map((line) => line.trimEnd());
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
