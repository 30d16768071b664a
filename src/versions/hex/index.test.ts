import { toolVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { hex } from './index.ts';

versionSchemeContract(hex, ['0.1.0', '1.0.0-0', '1.0.0-a.1', '1.0.0-a.b', '1.0.0', '1.0.0+b', '10.0.0']);

/** tools/versions/hex-oracle.exs */
toolVectorsHold(hex, 'Version of Elixir 1.14', 'testdata/elixir-1.14.txt', import.meta.url);
