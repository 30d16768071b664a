import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** Starts Debian's browser; undefined where there is none. */
export async function chromiumOf(): Promise<(() => Promise<Browser>) | undefined> {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  if (executablePath === undefined) return undefined;
  const { chromium } = await import('playwright-core');
  return () => chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
