import type { PlatformReports, Rendering, Reporter, Writer } from '../types.ts';

/** A snapshot for GitHub's dependency graph. Commit and run are those of the workflow that it is made in. */
export const github: Reporter = {
  id: 'github',
  mediaType: 'application/json',
  sbom: true,
  inventoryOnly: true,
  write: (report, out, how) => writeAll({ reports: [report] }, out, how),
  writePlatforms: writeAll,
};

async function writeAll({ reports }: Pick<PlatformReports, 'reports'>, out: Writer, { env }: Rendering): Promise<void> {
  const [{ snapshot }, { safeJson }] = await Promise.all([import('./snapshot.ts'), import('../safe-json.ts')]);
  for (const piece of safeJson(snapshot(reports, env ?? {}))) out.write(piece);
}
