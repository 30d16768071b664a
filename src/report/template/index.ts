import type { Rendering, Reporter, Writer } from '../types.ts';
import type { Value } from './helpers.ts';

/** What a template of the user's makes of it; the built-in `list` where there is none. */
export const template: Reporter = {
  id: 'template',
  mediaType: 'text/plain',
  async write(report, out, how) {
    await this.writePlatforms({ reports: [report], failed: [] }, out, how);
  },
  async writePlatforms(platforms, out, how) {
    const { rootOf } = await import('./data.ts');
    await fill(await rootOf(platforms, how), out, how);
  },
  async writeComparison(compared, out, how) {
    const { comparisonRoot } = await import('./data.ts');
    await fill(await comparisonRoot(compared, how), out, how);
  },
};

async function fill(root: Value, out: Writer, { template: given }: Rendering): Promise<void> {
  const [{ renderTemplate }, { BUILT_IN }] = await Promise.all([import('./render.ts'), import('./built-in.ts')]);
  const { file = 'list', text = '' } = BUILT_IN.list ?? {};
  renderTemplate(given ?? { name: file, text, partials: new Map<string, string>() }, root, out);
}
