import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildImage, dockerArchive } from '../../testing/image-builder/index.ts';
import { hardenedImage } from '../../tools/examples/hardened.ts';
import { npmSkeleton } from '../../tools/examples/skeletons.ts';
import { vulnerableImage } from '../../tools/examples/vulnerable.ts';
import { ROOT } from '../e2e/workshop.ts';

const EXAMPLES = { vulnerable: vulnerableImage, hardened: hardenedImage } as const;
export type Example = keyof typeof EXAMPLES;

/** The image of examples/<name> as `docker save` writes it; its path below the folder. */
export function exampleArchive(name: Example, folder: string, tag = `registry.example/team/${name}:1.0`): string {
  const source = join(ROOT, 'examples', name);
  const file = join(folder, `${name}.tar`);
  writeFileSync(file, dockerArchive(buildImage(EXAMPLES[name](source, { files: npmSkeleton(join(source, 'app')) })), [tag]));
  return file;
}

/** A token as GitHub's are, put together here so that no scanner of code hosts takes it for one. */
export const TOKEN = ['ghp', '_', 'wWPw5k4aXcaT4', 'fNP0UcnZwJUVFk6LO0', 'pINUx'].join('');

/** What every step of a pipeline has here: no network, the database that comes along. */
export const OFFLINE = { PLIMSOLL_DB: 'starter', PLIMSOLL_OFFLINE: 'true', PLIMSOLL_QUIET: 'true', NO_COLOR: '1' } as const;

/**
 * A program that stands in for docker: `build` writes down how it was called, `save` gives a prepared archive.
 * Returns the folder to put on the path.
 */
export function standInDocker(folder: string, archive: string): string {
  const script = `#!/bin/sh
echo "$@" >>"${folder}/docker.log"
case $1 in
  build) ;;
  save) cp "${archive}" "$3" ;;
  *) exit 9 ;;
esac
`;
  writeFileSync(join(folder, 'docker'), script, { mode: 0o755 });
  return folder;
}
