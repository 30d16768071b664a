import { indexTarget } from '../src/app/inventory/index-target.ts';
import { openTarget } from '../src/image/targets/index.ts';

/** `index-one.ts LAYOUT`: the index of one image, and nothing else. */
const http = { request: () => Promise.reject(new Error('the benchmark has no network')) };
const credentials = { find: async () => undefined };
const target = await openTarget(`oci:${process.argv[2]}`, { registry: { http, credentials } });
const inventory = await indexTarget(target);
await target.close();
console.log(`${inventory.packages.length} packages, ${inventory.gaps.length} gaps`);
