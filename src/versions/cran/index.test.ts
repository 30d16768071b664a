import { sharedVectorsHold, toolVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { cran } from './index.ts';

versionSchemeContract(cran, ['1', '1.0', '1.0-1', '1.2.3', '0.9', '0.75', '12345678901234567890.1']);
sharedVectorsHold(cran, 'cran.txt', [
  // Zeros at the end: R's own two ways to compare do not agree.
  '0.01 ? 0.1-0',
  '0.1.0 ? 0.1.0.0',
  '0.1.0 ? 0.1.0.0',
  '0.3.2.0 ? 0.3.2',
]);

/** tools/versions/cran-oracle.R */
toolVectorsHold(cran, 'R 4.2', 'testdata/r-4.2.txt', import.meta.url);
