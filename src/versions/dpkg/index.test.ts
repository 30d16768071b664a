import { sharedVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { dpkg } from './index.ts';
versionSchemeContract(dpkg, ['1', '1.0', '1-1', '2:1~']);
sharedVectorsHold(dpkg, 'debian.txt');
