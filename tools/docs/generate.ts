// Writes the generated pages of docs/: `npm run docs`.
import { writeFileSync } from 'node:fs';
import { generatedPages } from './pages.ts';

for (const [path, text] of generatedPages()) writeFileSync(new URL(`../../${path}`, import.meta.url), text);
