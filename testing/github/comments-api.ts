import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request to the API. */
export interface ApiRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Without an author it is one of the run's own bot. */
export interface ApiComment {
  readonly id: number;
  body: string;
  readonly user?: { readonly login: string; readonly type: 'Bot' | 'User' };
  readonly author_association?: string;
}

export interface CommentsApi {
  /** What GITHUB_API_URL is. */
  readonly url: string;
  readonly requests: ApiRequest[];
  /** Comments by pull request, oldest first. */
  readonly comments: Map<number, ApiComment[]>;
  /** Answers every request that changes something with this status. */
  refuseWrites: number | undefined;
  /** Answers every request with this status. */
  refuseAll: number | undefined;
  close(): Promise<void>;
}

/**
 * The part of GitHub's REST API that comments on pull requests: pages of them, a new one, one changed.
 * Source: https://docs.github.com/rest/issues/comments (version 2022-11-28).
 */
export async function startCommentsApi(repository: string, token: string): Promise<CommentsApi> {
  const comments: CommentsApi['comments'] = new Map();
  const state = { requests: [] as ApiRequest[], comments, refuseWrites: undefined, refuseAll: undefined } as Omit<
    CommentsApi,
    'url' | 'close'
  >;
  let next = 1000;

  const answer = ({ method, path, headers, body }: ApiRequest): [number, unknown] => {
    const { pathname, searchParams } = new URL(path, 'http://api');
    if (headers.authorization !== `Bearer ${token}`) return [401, { message: 'Bad credentials' }];
    if (state.refuseAll !== undefined) return [state.refuseAll, { message: 'refused' }];
    if (method !== 'GET' && state.refuseWrites !== undefined) {
      return [state.refuseWrites, { message: 'Resource not accessible by integration' }];
    }
    const author = { user: { login: 'github-actions[bot]', type: 'Bot' }, author_association: 'NONE' };
    const shown = (comment: ApiComment) => ({ ...author, ...comment, html_url: `https://github.com/${repository}#${comment.id}` });
    const list = /^\/issues\/(\d+)\/comments$/.exec(pathname.slice(`/repos/${repository}`.length));
    const one = /^\/issues\/comments\/(\d+)$/.exec(pathname.slice(`/repos/${repository}`.length));
    if (!pathname.startsWith(`/repos/${repository}/`)) return [404, { message: 'Not Found' }];
    if (list) {
      const here = comments.get(Number(list[1])) ?? [];
      if (method === 'POST') {
        const comment = { id: next++, body: JSON.parse(body).body as string };
        comments.set(Number(list[1]), [...here, comment]);
        return [201, shown(comment)];
      }
      const [size, page] = [Number(searchParams.get('per_page') ?? 30), Number(searchParams.get('page') ?? 1)];
      if (method === 'GET') return [200, here.slice((page - 1) * size, page * size).map(shown)];
    }
    const comment = [...comments.values()].flat().find(({ id }) => id === Number(one?.[1]));
    if (comment && method === 'PATCH') {
      comment.body = JSON.parse(body).body;
      return [200, shown(comment)];
    }
    return [404, { message: 'Not Found' }];
  };

  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const asked = { method, path, headers, body: Buffer.concat(pieces).toString() };
      state.requests.push(asked);
      const [status, body] = answer(asked);
      response.writeHead(status, { 'content-type': 'application/json', 'connection': 'close' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((closed) => server.close(() => closed()));
  return Object.assign(state, { url: `http://127.0.0.1:${port}`, close });
}
