import { sharedVectorsHold } from '../../../test/versions/contract.ts';
import { apk } from './index.ts';

sharedVectorsHold(apk, 'alpine.txt');
