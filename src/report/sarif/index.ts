import { safeJson } from '../safe-json.ts';
import type { Reporter } from '../types.ts';

/**
 * SARIF 2.1.0 for code scanning: a rule for each flaw, kind of secret and check, a result for each finding, a run for each platform.
 * Fingerprints do not depend on tags and versions, so that a rebuilt image does not open every alert again.
 */
export const sarif: Reporter = {
  id: 'sarif',
  mediaType: 'application/sarif+json',
  async write(report, out, how) {
    const { sarifLog } = await import('./log.ts');
    for (const piece of safeJson(await sarifLog([report], how))) out.write(piece);
  },
  async writePlatforms({ reports }, out, how) {
    const { sarifLog } = await import('./log.ts');
    for (const piece of safeJson(await sarifLog(reports, how))) out.write(piece);
  },
};
