import { oneDocument } from '../one-document.ts';

/** A snapshot for GitHub's dependency graph. Commit and run are those of the workflow that it is made in. */
export const github = oneDocument({
  id: 'github',
  mediaType: 'application/json',
  sbom: true,
  inventoryOnly: true,
  async document({ reports }, { env }) {
    const [{ snapshot }, { safeJson }] = await Promise.all([import('./snapshot.ts'), import('../safe-json.ts')]);
    return safeJson(snapshot(reports, env ?? {}));
  },
});
