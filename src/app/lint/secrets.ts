import { maskSecrets } from '../../checks/mask.ts';
import type { CheckContext } from '../../checks/types.ts';
import { createScanner } from '../../secrets/index.ts';
import { SECRET_RULES } from '../../secrets/rules/index.ts';

/** Rules of Dockerfiles may ask for secrets by their form. Nothing here shows or keeps hashes, so the key is none. */
export function secretsForLint(): Required<Pick<CheckContext, 'secretsIn' | 'mask'>> {
  const scanner = createScanner({ rules: SECRET_RULES, hashKey: Buffer.alloc(32) });
  return {
    secretsIn: (text) => scanner.text('Dockerfile', text).filter((found) => found.ignored === undefined),
    mask: (line) => scanner.redact('Dockerfile', maskSecrets(line)),
  };
}
