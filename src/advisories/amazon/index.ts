import { isNamed, readJson } from '../feed-files.ts';
import { takeErratum } from '../rpm-errata.ts';
import type { AdvisorySource } from '../types.ts';
import { amazonErratum } from './schema.ts';

/** Amazon Linux security advisories (ALAS) of Amazon Linux 1, 2 with its extras, 2022 and 2023: binary packages by architecture. */
export const amazon: AdvisorySource = {
  id: 'amazon',
  title: 'Amazon Linux security advisories',
  licence: 'public advisories, none stated',
  homepage: 'https://alas.aws.amazon.com',
  kind: 'advisories',
  claims: (fileName) => isNamed(fileName, /^amazon$/),
  parse: (file, sink) =>
    readJson(file, sink, (value) => {
      const found = amazonErratum(value, sink);
      if (found !== undefined) takeErratum(found, sink);
    }),
};
