import { pypiPurl } from '../../library-purl.ts';
import { lockFileExtractor } from '../../lock-file.ts';
import { parsePipfileLock } from './pipfile.ts';
import { parsePythonToml } from './toml.ts';
import { parseUvLock } from './uv.ts';

/**
 * poetry.lock, pdm.lock, uv.lock, Pipfile.lock and pylock.toml (PEP 751). The project itself and local folders
 * are left out.
 */
export const pythonLock = lockFileExtractor({
  id: 'lang/python-lock',
  version: 1,
  type: 'pypi',
  what: 'a Python lock file',
  wants: { basenames: ['poetry.lock', 'pdm.lock', 'uv.lock', 'Pipfile.lock', 'pylock.toml'] },
  parse: (text, gap, path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (name === 'Pipfile.lock') return parsePipfileLock(text, gap);
    return name === 'uv.lock' ? parseUvLock(text, gap) : parsePythonToml(text, gap, name);
  },
  purl: ({ name, version }) => pypiPurl(name, version),
});
