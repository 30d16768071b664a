import { expect, it } from 'vitest';
import { sharedVectorsHold, toolVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { rubygems } from './index.ts';

versionSchemeContract(rubygems, ['0', '1.a', '1', '1.0.rc1', '1.0.0.rc.2', '1-1', '1.2.3', '1.10', '12345678901234567890']);
sharedVectorsHold(rubygems, 'rubygems.txt', []);

/** tools/versions/rubygems-vectors.rb */
toolVectorsHold(rubygems, 'RubyGems 3.3', 'testdata/rubygems-3.3.txt', import.meta.url);

it.each(['', 'a1', '1..2', '1.', '>= 1', '1.0.0_1', '1+b'])('"%s" is no version', (text) => {
  expect(rubygems.parse(text)).toBeUndefined();
});
