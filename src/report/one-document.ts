import type { PlatformReports, Rendering, Reporter } from './types.ts';

interface Format extends Omit<Reporter, 'write' | 'writePlatforms'> {
  /** The document of one or more reports, in pieces. */
  document(platforms: PlatformReports, how: Rendering): Promise<Iterable<string>>;
}

/** The reporter of a format that says one platform as it says several. */
export function oneDocument({ document, ...format }: Format): Reporter {
  return {
    ...format,
    write(report, out, how) {
      return this.writePlatforms({ reports: [report], failed: [] }, out, how);
    },
    async writePlatforms(platforms, out, how) {
      for (const piece of await document(platforms, how)) out.write(piece);
    },
  };
}
