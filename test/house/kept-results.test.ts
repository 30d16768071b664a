import { expect, it } from 'vitest';
import { READING } from '../../tools/build/reading.mts';
import { projectFiles, read } from './files.ts';
import { readImports } from './imports.ts';

/** What is run to read layers; what these import decides what is kept of a layer. */
const READERS = [
  'src/extract/index.ts',
  'src/app/inventory/index-target.ts',
  'src/app/inventory/packages-pass.ts',
  'src/app/inventory/files-pass.ts',
  'src/app/inventory/settle.ts',
  'src/app/checks/checks-pass.ts',
  'src/app/secrets/index.ts',
  'src/app/secrets/configuration.ts',
];

it('what is kept of layers is named by a hash of all the code that it depends on', () => {
  const files = new Set(projectFiles());
  const reached = new Set<string>();
  const follow = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { to, own, typeOnly } of readImports(file, read(file))) if (own && !typeOnly && files.has(to)) follow(to);
  };
  for (const file of READERS) follow(file);
  // Words, settings, and documents, which have no layers, decide nothing of what is in one; the bytes of a layer are held against its digest.
  const deciding = [...reached].filter((file) => !/^src\/(?:messages|settings|oci|sbom)\//.test(file));
  expect(deciding.filter((file) => !READING.test(file.slice('src/'.length)))).toEqual([]);
  expect(deciding.length).toBeGreaterThan(200);
});
