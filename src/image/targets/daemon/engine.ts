import { parseJsonObject } from '../../../oci/json.ts';
import { tryReference } from '../../../oci/reference.ts';
import type { ByteStream } from '../../../util/bytes.ts';
import { EXIT, PlimsollError } from '../../../util/errors.ts';
import { socketHttp } from '../../../util/http/socket.ts';
import type { Http, HttpResponse } from '../../../util/http/types.ts';
import type { PlatformsTarget, Target } from '../../types.ts';
import { openStreamTarget } from '../archive.ts';
import type { OpenOptions } from '../options.ts';
import { findDaemon } from './address.ts';
import { daemonFailure, daemonProtocol, daemonRefused, imageUnknown } from './failures.ts';
import type { Address, DaemonKind, Surroundings } from './types.ts';

const ANSWER_LIMIT = 4 << 20;
/** A daemon may write the whole archive to its own disk before it sends the first byte of it. */
const TIMEOUT_MS = 600_000;

/**
 * An image of Docker or Podman, by name or id, saved by the daemon's API (Docker Engine API, "ImageInspect" and "ImageGet", which
 * Podman answers alike) and read as the archive that it is. A socket is this machine's own and is read offline too; `tcp://` goes through
 * the Http of the options.
 */
export async function openEngineTarget(
  kind: Exclude<DaemonKind, 'containerd'>,
  spec: string,
  image: string,
  options: OpenOptions,
  around: Surroundings,
): Promise<Target | PlatformsTarget> {
  const names = candidates(kind, image);
  const address = await findDaemon(kind, around);
  const engine = connect(kind, address, options.registry.http);
  const name = await firstKnown(engine, names, image);
  return openStreamTarget(spec, savedArchive(engine, name), 'image', options);
}

interface Engine {
  readonly kind: DaemonKind;
  /** For messages. */
  readonly at: string;
  get(path: string): Promise<HttpResponse>;
}

function connect(kind: DaemonKind, address: Address, network: Http): Engine {
  const unix = address.kind === 'unix';
  const at = unix ? address.path : address.url;
  const http = unix ? socketHttp(address.path, { timeoutMs: TIMEOUT_MS }) : network;
  const base = unix ? 'http://localhost' : address.url;
  return {
    kind,
    at,
    async get(path) {
      try {
        return await http.request({ url: base + path, timeoutMs: TIMEOUT_MS });
      } catch (error) {
        throw daemonFailure(error, kind, at);
      }
    },
  };
}

/** Podman keeps what was built here under `localhost/`, and looks there first for a name without a registry; so do we. */
function candidates(kind: DaemonKind, image: string): readonly string[] {
  checkName(image);
  const local = `localhost/${image}`;
  const short = !image.startsWith('localhost/') && tryReference(image)?.registry === 'docker.io' && !image.startsWith('docker.io/');
  return kind === 'podman' && short ? [local, image] : [image];
}

/** Names and ids go into the address of a request, where `..` and `?` would mean something else. */
function checkName(image: string): void {
  const plain = /^[A-Za-z0-9][A-Za-z0-9._/:@[\]-]*$/.test(image) && image.split('/').every((part) => !/^\.{0,2}$/.test(part));
  if (plain && image.length <= 1024) return;
  const params = { reference: image.slice(0, 300), reason: 'a daemon knows images by name or id' };
  throw new PlimsollError('reference-invalid', params, { exitCode: EXIT.usage });
}

async function firstKnown(engine: Engine, names: readonly string[], image: string): Promise<string> {
  for (const name of names) {
    const answer = await engine.get(`/images/${encodeURI(name)}/json`);
    const json = parsed(await whole(engine, answer));
    if (answer.status === 404 && typeof json?.message === 'string') continue;
    if (answer.status !== 200) throw refused(engine, answer, json);
    if (typeof json?.Id !== 'string') throw daemonProtocol(engine.kind, engine.at, 'its description of the image has no Id');
    return name;
  }
  throw imageUnknown(engine.kind, engine.at, image);
}

async function* savedArchive(engine: Engine, name: string): ByteStream {
  const answer = await engine.get(`/images/${encodeURI(name)}/get`);
  if (answer.status !== 200) throw refused(engine, answer, parsed(await whole(engine, answer)));
  try {
    yield* answer.body;
  } catch (error) {
    throw daemonFailure(error, engine.kind, engine.at);
  }
}

async function whole(engine: Engine, answer: HttpResponse) {
  try {
    return await answer.bytes(ANSWER_LIMIT);
  } catch (error) {
    throw daemonFailure(error, engine.kind, engine.at);
  }
}

function parsed(bytes: Buffer) {
  try {
    return parseJsonObject(bytes);
  } catch {
    return undefined;
  }
}

/** A daemon says in JSON what it has against a request; anything else that answers is none. */
function refused(engine: Engine, answer: HttpResponse, json: ReturnType<typeof parsed>): PlimsollError {
  if (typeof json?.message === 'string') return daemonRefused(engine.kind, engine.at, answer.status, json.message);
  return daemonProtocol(engine.kind, engine.at, `HTTP status ${answer.status}`);
}
