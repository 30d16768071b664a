import { toolVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { conan } from './index.ts';

versionSchemeContract(conan, ['0', '1', '1.0', '1.0-rc1', '1.0-', '1.0+1', '1.0-rc1+2', 'cci.20200101', '1.1.1w', '12345678901234567890']);

/** tools/versions/conan-oracle.py */
toolVectorsHold(conan, 'Conan 2.34', 'testdata/conan-2.txt', import.meta.url);
