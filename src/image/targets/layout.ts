import type { Descriptor } from '../../model/index.ts';
import type { FileStore } from '../../oci/file-store.ts';
import { imageNames, openLayout, selectFromIndex } from '../../oci/layout.ts';
import { repositoryName, tryReference } from '../../oci/reference.ts';
import type { ImageTarget, PlatformsTarget } from '../types.ts';
import { type Choice, chosenImage } from './image.ts';
import type { OpenOptions } from './options.ts';

/** An image of a layout, be it a folder or inside an archive. `store` is closed with the target, and when this throws. */
export async function openLayoutTarget(
  spec: string,
  store: FileStore,
  selector: string | undefined,
  options: OpenOptions,
): Promise<ImageTarget | PlatformsTarget> {
  try {
    const layout = await openLayout(store);
    const tops = selectFromIndex(layout.index, selector, store.path);
    const choice: Choice = {
      tops,
      name: store.path,
      named: (image) => {
        const top = tops.find((one) => one.digest === (image.indexDigest ?? image.descriptor.digest));
        return { spec, name: store.path, ...layoutNames(top) };
      },
      close: () => store.close(),
    };
    return await chosenImage(layout, choice, options.platform);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Repository and tag, where the layout tells them. A bare tag (`3.20`) names no repository. */
function layoutNames(top: Descriptor | undefined): { repository?: string; tags?: readonly string[] } {
  const names = top === undefined ? [] : imageNames(top);
  const full = names
    .filter((name) => name.includes('/') || name.includes(':'))
    .map(tryReference)
    .find((one) => one !== undefined);
  if (full !== undefined) return { repository: repositoryName(full), ...(full.tag === undefined ? {} : { tags: [full.tag] }) };
  return names.length === 0 ? {} : { tags: names };
}
