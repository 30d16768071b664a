import { expect, it } from 'vitest';
import { testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { azurelinuxUpstream } from './upstream.ts';

/** Layout of github.com/microsoft/AzureLinuxVulnerabilityData. */
const FILES = {
  'cbl-mariner-1.0-oval.xml': '<oval_definitions/>',
  'cbl-mariner-2.0-oval.xml': '<oval_definitions> </oval_definitions>',
  'azurelinux-3.0-oval.xml': '<oval_definitions>  </oval_definitions>',
};
const mirrored = Object.fromEntries(Object.keys(FILES).map((name) => [name, 'azurelinux']));

upstreamContract(azurelinuxUpstream, { files: { ...FILES, 'README.md': '# Data', 'osv/AZL-1.json': '{}' }, mirrored });

it('fetches the release that has changed', async () => {
  const server = await testUpstream({ files: FILES });
  const mirror = testMirror(azurelinuxUpstream, server.url);
  await azurelinuxUpstream.update(mirror);
  server.log.splice(0);
  server.put('azurelinux-3.0-oval.xml', '<oval_definitions>more</oval_definitions>');
  await azurelinuxUpstream.update(mirror);
  expect(server.log.map(({ path, status }) => `${status} ${path}`)).toEqual([
    '304 cbl-mariner-1.0-oval.xml',
    '304 cbl-mariner-2.0-oval.xml',
    '200 azurelinux-3.0-oval.xml',
  ]);
});
