/** What a program in CommonJS prints; `import.mjs` prints the same. */
const { loadValues, render, toYaml } = require('kubebyon-gateway');

const values = loadValues('single-node', [{ kind: 'set', expression: 'publicAccess.provider=gatewayapi' }]);
const { manifests, problems } = render(values, { name: 'kubebyon', namespace: 'kubebyon-system' });
if (problems.length > 0) throw new Error(problems.map(({ code }) => code).join());
process.stdout.write(toYaml(manifests));
