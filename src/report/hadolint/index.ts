import { oneDocument } from '../one-document.ts';
import type { Reporter } from '../types.ts';

/**
 * What hadolint prints, for what reads that: findings of configuration in each of its own forms (`hadolint@checkstyle`), JSON where none is named. What is
 * not counted is left out, as it leaves it out.
 */
export const hadolint: Reporter = oneDocument({
  id: 'hadolint',
  mediaType: 'application/json',
  versions: ['json', 'tty', 'gnu', 'checkstyle', 'codeclimate', 'sonarqube'],
  covers: ({ check }) => check !== undefined,
  async document(platforms, how) {
    const { hadolintDocument } = await import('./document.ts');
    return hadolintDocument(platforms, how);
  },
});
