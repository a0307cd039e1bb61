/** Prints what a door of the package exports without saying what it is. */
import ts from 'typescript';

const DOORS = ['kubebyon-gateway', 'kubebyon-gateway/node', 'kubebyon-gateway/runtime'];
const FILE = 'doors.ts';
const TEXT = DOORS.map((door, index) => `export * as door${index} from '${door}';\n`).join('');

const options = { strict: true, module: ts.ModuleKind.NodeNext, types: [] };
const host = ts.createCompilerHost(options);
const { fileExists, getSourceFile } = host;
host.fileExists = (path) => path === FILE || fileExists(path);
host.getSourceFile = (path, target) =>
  path === FILE ? ts.createSourceFile(path, TEXT, target) : getSourceFile(path, target);

const program = ts.createProgram([FILE], options, host);
const checker = program.getTypeChecker();
const resolved = (symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
const exportsOf = (symbol) => checker.getExportsOfModule(resolved(symbol));

const exported = exportsOf(checker.getSymbolAtLocation(program.getSourceFile(FILE))).flatMap(exportsOf);
const bare = exported.filter((symbol) => resolved(symbol).getDocumentationComment(checker).length === 0);
process.stdout.write(JSON.stringify({ exported: exported.length, bare: bare.map(({ name }) => name) }));
