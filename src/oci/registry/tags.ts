import { PlimsollError } from '../../util/errors.ts';
import { Malformed, optionalTexts, parseJsonObject } from '../json.ts';
import type { ImageReference } from '../reference.ts';
import { refusal } from './failures.ts';
import { mirrorsOf } from './mirrors.ts';
import { nextPage } from './next-page.ts';
import { Session } from './session.ts';
import type { RegistryOptions } from './types.ts';

/** Tags that a page is asked for; registries may give fewer. */
const PAGE = 1000;
/** Official images have some thousands. */
const MAX_TAGS = 20_000;
const MAX_PAGES = 100;
const MAX_BYTES = 8 << 20;

/**
 * The tags of a repository, as the registry orders them; of very large ones the first 20,000. Mirrors are asked first. `page`: how many are asked
 * for at a time. Source: OCI distribution specification 1.1, "Listing tags"; RFC 8288 for `Link`.
 */
export async function listTags(where: Where, options: RegistryOptions, page = PAGE): Promise<readonly string[]> {
  const credentials = options.mirrorCredentials ?? options.credentials;
  for (const mirror of mirrorsOf(where, options.mirrors ?? [])) {
    try {
      return await tagsAt(mirror, { ...options, credentials }, page);
    } catch (error) {
      if (!(error instanceof PlimsollError) || error.code === 'offline' || error.code === 'aborted') throw error;
    }
  }
  return tagsAt(where, options, page);
}

type Where = Pick<ImageReference, 'registry' | 'repository'>;

async function tagsAt(where: Where, options: RegistryOptions, page: number): Promise<readonly string[]> {
  const session = new Session(options, { ...where, actions: 'pull' });
  const tags: string[] = [];
  let next: string | undefined = `/v2/${where.repository}/tags/list?n=${page}`;
  for (let pages = 0; next !== undefined && pages < MAX_PAGES && tags.length < MAX_TAGS; pages++) {
    const response = await session.send(next);
    if (response.status !== 200) throw await refusal(session.errand, response, { kind: 'manifest', reference: 'tags' });
    tags.push(...tagsOf(await response.bytes(MAX_BYTES), where.registry));
    next = nextPage(response.headers.link, `/v2/${where.repository}/tags/list`);
  }
  return tags.slice(0, MAX_TAGS);
}

function tagsOf(bytes: Buffer, registry: string): readonly string[] {
  try {
    return optionalTexts(parseJsonObject(bytes).tags, 'tags', MAX_TAGS);
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    throw new PlimsollError('registry-protocol', { registry, detail: `its list of tags: ${cause.message}` }, { cause });
  }
}
