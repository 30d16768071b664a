import type { SecretForm } from '../types.ts';
import { weakPublicKey } from './openssh.ts';

const KEYWORD = 'PuTTY-User-Key-File-';
const HEAD = /^PuTTY-User-Key-File-[123]: ([\w@.-]{1,64})\r?\nEncryption: ([\w-]{1,32})\r?\n/;

/** PuTTY's own file of a private key. Source: PuTTY manual, appendix C. */
export const puttyKey: SecretForm = {
  id: 'putty-private-key',
  service: 'PuTTY',
  word: 'private-key',
  severity: 'critical',
  keywords: [KEYWORD],
  maxLength: 16 << 10,
  reference: 'https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html',
  read: (text) => {
    const head = HEAD.exec(text);
    const lines = /\r?\nPrivate-Lines: (\d{1,4})\r?\n/.exec(text);
    if (head === null || lines === null) return undefined;
    const start = lines.index + lines[0].length;
    const body = new RegExp(`^(?:[A-Za-z0-9+/=]{1,80}\\r?(?:\\n|$)){${Number(lines[1])}}`).exec(text.slice(start))?.[0];
    if (body === undefined || body.length < 20) return undefined;
    const encrypted = head[2] !== 'none';
    const blob = /\nPublic-Lines: \d+\r?\n((?:[A-Za-z0-9+/=]{1,80}\r?\n)+)/.exec(text)?.[1];
    const weak = blob === undefined ? undefined : weakPublicKey(Buffer.from(blob, 'base64'));
    const notes = [...(encrypted ? [{ code: 'encrypted', params: {} } as const] : []), ...(weak === undefined ? [] : [weak])];
    return {
      length: start + body.length,
      secret: body.replace(/\s/g, ''),
      masked: `${KEYWORD}****************`,
      ...(encrypted ? { severity: 'medium' } : {}),
      ...(notes.length === 0 ? {} : { notes }),
    };
  },
};
