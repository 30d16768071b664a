import { PlimsollError } from '../../util/errors.ts';
import { fields, records } from '../../util/fields.ts';
import { text } from '../rpm-errata.ts';
import { mirrorUpdateinfo } from '../rpm-repository.ts';
import type { Mirror, Upstream } from '../types.ts';

const ID = 'amazon';
const URL = 'https://cdn.amazonlinux.com/';
const CATALOG = '2/extras-catalog.json';
/** By the folder that each is mirrored in. Updates of all architectures stand in the updateinfo of one. */
const REPOSITORIES: Readonly<Record<string, string>> = {
  '2/core': '2/core/latest/x86_64/mirror.list',
  '2023/core': 'al2023/core/mirrors/latest/x86_64/mirror.list',
  '2023/kernel-livepatch': 'al2023/kernel-livepatch/mirrors/latest/x86_64/mirror.list',
};
/** Some sixty; a name outside this form is no folder of the server. */
const MAX_TOPICS = 1000;
const TOPIC = /^[A-Za-z0-9][\w.+-]{0,99}$/;

/**
 * The updateinfo of Amazon Linux 2, its extras, and 2023, by way of the lists and indexes that yum reads. Amazon Linux 1 and 2022
 * have ended and are not fetched. Sources: /etc/yum.repos.d of both releases; Amazon Linux 2 User Guide, "Extras library".
 */
export const amazonUpstream: Upstream = {
  id: ID,
  title: 'Amazon Linux security advisories',
  feeds: [ID],
  url: URL,
  update: async (mirror) => {
    for (const [folder, list] of Object.entries(REPOSITORIES)) {
      if (!(await take(mirror, list, folder)) && folder.endsWith('/core')) throw missing(list);
    }
    const topics = topicsOf(await mirror.get(CATALOG));
    for (const topic of topics) await take(mirror, `2/extras/${topic}/latest/x86_64/mirror.list`, `2/extras/${topic}`);
    const kept = new Set([...Object.keys(REPOSITORIES), ...topics.map((topic) => `2/extras/${topic}`)]);
    for (const name of mirror.names()) if (!kept.has(name.slice(0, name.lastIndexOf('/')))) mirror.remove(name);
  },
};

/** From the first place of the list that has it. An extra without advisories has no updateinfo. */
async function take(mirror: Mirror, list: string, folder: string): Promise<boolean> {
  const places = (await mirror.get(list))?.toString('utf8').split(/\s+/).filter(Boolean) ?? [];
  for (const place of places.slice(0, 10)) {
    const base = place.startsWith(URL) ? place.slice(URL.length) : place;
    if (await mirrorUpdateinfo(mirror, ID, base.replace(/\/*$/, '/'), folder)) return true;
  }
  return false;
}

function topicsOf(catalog: Buffer | undefined): readonly string[] {
  if (catalog === undefined) throw missing(CATALOG);
  try {
    const topics = records(fields(JSON.parse(catalog.toString('utf8'))).topics).map((each) => text(each.n));
    if (topics.length > 0 && topics.length <= MAX_TOPICS && topics.every((topic) => TOPIC.test(topic))) return topics;
  } catch {
    // Told below.
  }
  throw new PlimsollError('feed-malformed', { upstream: ID, file: CATALOG, detail: 'it is no list of topics' });
}

function missing(file: string): PlimsollError {
  return new PlimsollError('feed-missing', { upstream: ID, file });
}
