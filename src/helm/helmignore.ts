/** What Helm leaves out when it packs a chart. */
export const HELMIGNORE = [
  '.DS_Store',
  '.git/',
  '.gitignore',
  '*.swp',
  '*.bak',
  '*.tmp',
  '*.orig',
  '*~',
  '',
].join('\n');
