import type { Reporter } from '../types.ts';

/** What a template of the user's makes of it; the built-in `list` where there is none. */
export const template: Reporter = {
  id: 'template',
  mediaType: 'text/plain',
  async write(report, out, how) {
    await this.writePlatforms({ reports: [report], failed: [] }, out, how);
  },
  async writePlatforms(platforms, out, how) {
    const [{ renderTemplate }, { rootOf }, { BUILT_IN }] = await Promise.all([
      import('./render.ts'),
      import('./data.ts'),
      import('./built-in.ts'),
    ]);
    const { file = 'list', text = '' } = BUILT_IN.list ?? {};
    const chosen = how.template ?? { name: file, text, partials: new Map<string, string>() };
    renderTemplate(chosen, await rootOf(platforms, how), out);
  },
};
