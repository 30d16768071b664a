import { sharedVectorsHold, toolVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { hackage } from './index.ts';

versionSchemeContract(hackage, ['0', '0.1', '0.1.0', '1', '1.0', '1.0.0', '1.10', '12345678901234567890']);
sharedVectorsHold(hackage, 'hackage.txt', []);

/** tools/versions/HackageOracle.hs */
toolVectorsHold(hackage, 'Data.Version of base 4.15', 'testdata/base-4.15.txt', import.meta.url);
