import { readdirSync } from 'node:fs';
import { relative } from 'node:path';
import ts from 'typescript';

/** A kind of values that a TypeScript type admits; numbers are indices of {@link RowTypes.types}. */
export type Shape =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'null' | 'undefined' | 'date' | 'unknown' | 'never' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'array' | 'record'; readonly items: number }
  | { readonly kind: 'object'; readonly properties: Readonly<Record<string, number>> };

export interface RowTypes {
  /** Type of the rows of each statement, by `file:line` of its call of `query`. */
  readonly statements: Readonly<Record<string, number>>;
  readonly types: readonly { readonly name: string; readonly shapes: readonly Shape[] }[];
}

/** The row type of every `query<Row>(...)` in these files, as the TypeScript compiler understands it. */
export function readRowTypes(files: readonly string[] = sqlFiles()): RowTypes {
  const program = createProgram(files);
  const checker = program.getTypeChecker();
  const statements: Record<string, number> = {};
  const types: { name: string; shapes: readonly Shape[] }[] = [];
  const indices = new Map<ts.Type, number>();

  function indexOf(type: ts.Type): number {
    const known = indices.get(type);
    if (known !== undefined) return known;
    const entry = { name: checker.typeToString(type), shapes: [] as readonly Shape[] };
    const index = types.push(entry) - 1;
    indices.set(type, index);
    entry.shapes = (type.isUnion() ? type.types : [type]).map(shapeOf);
    return index;
  }

  function shapeOf(type: ts.Type): Shape {
    const is = (flags: ts.TypeFlags) => (type.flags & flags) !== 0;
    if (is(ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive)) return { kind: 'unknown' };
    if (is(ts.TypeFlags.Null)) return { kind: 'null' };
    if (is(ts.TypeFlags.Undefined)) return { kind: 'undefined' };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: 'literal', value: type.value };
    if (is(ts.TypeFlags.BooleanLiteral)) return { kind: 'literal', value: checker.typeToString(type) === 'true' };
    if (is(ts.TypeFlags.String)) return { kind: 'string' };
    if (is(ts.TypeFlags.Number)) return { kind: 'number' };
    // So is `any`, which a type becomes that cannot be found: no value fits it.
    if (!is(ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return { kind: 'never' };
    if (type.symbol?.name === 'Date') return { kind: 'date' };
    const [items, values] = [type.getNumberIndexType(), type.getStringIndexType()];
    if (values !== undefined) return { kind: 'record', items: indexOf(values) };
    if (items !== undefined) return { kind: 'array', items: indexOf(items) };
    const properties = checker.getPropertiesOfType(type);
    return {
      kind: 'object',
      properties: Object.fromEntries(properties.map((each) => [each.name, indexOf(checker.getTypeOfSymbol(each))])),
    };
  }

  function visit(node: ts.Node): void {
    ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const { name } = node.expression;
    const [row] = node.typeArguments ?? [];
    if (name.text !== 'query' || row === undefined) return;
    const source = node.getSourceFile();
    const { line } = source.getLineAndCharacterOfPosition(name.getStart());
    statements[`${relative('.', source.fileName)}:${line + 1}`] = indexOf(checker.getTypeFromTypeNode(row));
  }

  for (const file of files) visit(program.getSourceFile(file)!);
  return { statements, types };
}

const sqlFiles = () =>
  readdirSync('server', { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^store|\/data)\/[^/]+\.ts$/.test(path))
    .map((path) => `server/${path}`);

/** Without packages and generated code, which no row type needs and which would take most of the time. */
function createProgram(files: readonly string[]): ts.Program {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    strict: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...rest) =>
    /\/(node_modules(?!\/typescript\/lib)|generated)\//.test(path) ? undefined : getSourceFile(path, ...rest);
  return ts.createProgram(files, options, host);
}
