/** Prints what an editor offers inside a section of the values, and what it says of one key. */
import ts from 'typescript';

const FILE = 'edited.ts';
const TEXT = `import { valuesFrom } from 'kubebyon-gateway';
valuesFrom('multi-node', { gatewayAPI: {  } });
`;
const position = TEXT.indexOf('{  }') + 2;
const read = (path) => (path === FILE ? TEXT : ts.sys.readFile(path));

const service = ts.createLanguageService({
  getScriptFileNames: () => [FILE],
  getScriptVersion: () => '1',
  getScriptSnapshot: (path) => {
    const text = read(path);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCompilationSettings: () => ({ strict: true, module: ts.ModuleKind.NodeNext, types: [] }),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  getCurrentDirectory: ts.sys.getCurrentDirectory,
  fileExists: ts.sys.fileExists,
  directoryExists: ts.sys.directoryExists,
  readFile: read,
});
const { entries = [] } = service.getCompletionsAtPosition(FILE, position, {}) ?? {};
const details = service.getCompletionEntryDetails(
  FILE,
  position,
  'addressMode',
  {},
  undefined,
  {},
  undefined,
);
const tags = details?.tags?.map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`) ?? [];
const words = [ts.displayPartsToString(details?.documentation), ...tags];
process.stdout.write(
  JSON.stringify({ keys: entries.map(({ name }) => name), addressMode: words.join('\n') }),
);
