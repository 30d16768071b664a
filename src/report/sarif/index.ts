import { oneDocument } from '../one-document.ts';

/**
 * SARIF 2.1.0 for code scanning: a rule for each flaw, kind of secret and check, a result for each finding, a run for each platform.
 * Fingerprints do not depend on tags and versions, so that a rebuilt image does not open every alert again.
 */
export const sarif = oneDocument({
  id: 'sarif',
  mediaType: 'application/sarif+json',
  async document({ reports }, how) {
    const [{ sarifLog }, { safeJson }] = await Promise.all([import('./log.ts'), import('../safe-json.ts')]);
    return safeJson(await sarifLog(reports, how));
  },
});
