import { parseSync, visitorKeys } from 'oxc-parser';
import { lineAt } from './finding.mjs';

/** @typedef {{ specifier: string, line: number }} Reference a package that a file names */
/** @typedef {Reference & { typeOnly: boolean }} Import a module that a file names, by any form of import or re-export; whether nothing of it is loaded */
/** @typedef {{ name: string, line: number }} GlobalUse a name that a file uses and does not declare */
/** @typedef {{ path: string, imports: Import[], typeReferences: Reference[], globals: GlobalUse[] }} SourceFile */
/** @typedef {{ type: string, start: number, [key: string]: unknown }} Node */
/** @typedef {{ node: Node, parent: Node | undefined, key: string, declaring: boolean }} Place */

/**
 * What a source file imports and which undeclared names it uses. A name counts as declared if the file declares it in
 * any scope, so a global that the same file shadows elsewhere goes unseen.
 *
 * @param {string} path relative to the repository's root
 * @param {string} text
 * @returns {SourceFile}
 */
export function readSourceFile(path, text) {
  const { program, comments, errors } = parseSync(path, text);
  if (errors[0]) throw new SyntaxError(`${path}: ${errors[0].message}`);
  /** @type {Import[]} */
  const imports = [];
  /** @type {GlobalUse[]} */
  const uses = [];
  /** @type {Set<string>} */
  const declared = new Set();

  const whole = /** @type {Node} */ (/** @type {unknown} */ (program));
  for (const { node, parent, key, declaring } of placesIn({
    node: whole,
    parent: undefined,
    key: '',
    declaring: false,
  })) {
    const line = lineAt(text, node.start);
    const specifier = importedBy(node);
    if (specifier !== undefined) imports.push({ specifier, line, typeOnly: isErased(node) });
    if (node.type !== 'Identifier' || !parent || merelyNames(parent, key)) continue;
    const name = String(node.name);
    if (declaring) declared.add(name);
    else uses.push({ name, line });
  }

  const typeReferences = comments.flatMap(({ type, value, start }) => {
    const specifier = type === 'Line' ? /^\/\s*<reference\s+types=["']([^"']+)/.exec(value)?.[1] : undefined;
    return specifier === undefined ? [] : [{ specifier, line: lineAt(text, start) }];
  });
  return { path, imports, typeReferences, globals: uses.filter(({ name }) => !declared.has(name)) };
}

/**
 * A node and every node below it, in order, with where it stands and whether names are declared there.
 *
 * @param {Place} place
 * @returns {Generator<Place>}
 */
function* placesIn(place) {
  yield place;
  const { node, declaring } = place;
  for (const key of visitorKeys[node.type] ?? []) {
    for (const child of [node[key]].flat()) {
      if (!child || typeof child !== 'object') continue;
      const below = declares(node, key) || (declaring && staysPattern(node, key));
      yield* placesIn({ node: /** @type {Node} */ (child), parent: node, key, declaring: below });
    }
  }
}

/**
 * The module that a node imports, if it is one that does.
 *
 * @param {Node} node
 * @returns {string | undefined}
 */
function importedBy(node) {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return stringValue(node.source);
    case 'TSExternalModuleReference':
      return stringValue(node.expression);
    default:
      return undefined;
  }
}

/**
 * Whether an import is of types alone, so that no trace of it is left at run time.
 *
 * @param {Node} node
 */
function isErased({ type, importKind, exportKind }) {
  return type === 'TSImportType' || importKind === 'type' || exportKind === 'type';
}

/** @param {unknown} node */
function stringValue(node) {
  return node && typeof node === 'object' && 'value' in node && typeof node.value === 'string' ? node.value : undefined;
}

/**
 * Whether what stands under this key of a node is a name that it declares, or a pattern of such names.
 *
 * @param {Node} node
 * @param {string} key
 */
function declares({ type }, key) {
  if (key === 'id') return type !== 'TSEnumMember';
  return key === 'local' ? type.startsWith('Import') : key === 'params' || key === 'param';
}

const patterns = new Set([
  'ObjectPattern.properties',
  'Property.value',
  'ArrayPattern.elements',
  'RestElement.argument',
  'AssignmentPattern.left',
]);

/**
 * Whether a pattern goes on below this key: not into default values, computed keys and type annotations.
 *
 * @param {Node} node
 * @param {string} key
 */
function staysPattern({ type }, key) {
  return patterns.has(`${type}.${key}`);
}

/**
 * Whether an identifier here names a property or a member, not a variable or a type.
 *
 * @param {Node} parent
 * @param {string} key
 */
function merelyNames({ type, computed }, key) {
  if (key === 'key' || key === 'property') return computed !== true;
  if (key === 'imported' || key === 'exported' || key === 'label') return true;
  return `${type}.${key}` === 'TSQualifiedName.right' || `${type}.${key}` === 'TSEnumMember.id';
}
