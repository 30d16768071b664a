import { acceptedByApk2, compareApk2 } from './apk2.ts';
import { acceptedByApk3, compareApk3 } from './apk3.ts';

/** A version text with what the two lines of apk-tools think of it. */
export interface ApkVersion {
  readonly text: string;
  /** apk-tools 2 (`apk version -c`) accepts it. */
  readonly apk2: boolean;
  /** apk-tools 3 accepts it. */
  readonly apk3: boolean;
}

const MAX_LENGTH = 512;

/**
 * Undefined for texts that no package database can hold as a version (empty, blanks, control characters, over-long). A text
 * that both tools call invalid is kept: both still order it by what comes before the invalid part.
 */
export function parseApk(text: string): ApkVersion | undefined {
  if (text.length > MAX_LENGTH || !/^[\x21-\x7e]+$/.test(text)) return undefined;
  return { text, apk2: acceptedByApk2(text), apk3: acceptedByApk3(text) };
}

/**
 * The two lines of the tool are both in use and differ (leading zeros, digits after a letter, commit hashes): the order is
 * the one they agree on. Where one line alone accepts both versions its order counts, unless the other says the opposite.
 * Two different texts that are "equal" only because reading stops at something invalid in both have no order.
 */
export function compareApk(a: ApkVersion, b: ApkVersion): number | undefined {
  if (a.text === b.text) return 0;
  const apk2 = compareApk2(a.text, b.text);
  const apk3 = compareApk3(a.text, b.text);
  const valid2 = a.apk2 && b.apk2;
  const valid3 = a.apk3 && b.apk3;
  if (apk2 === apk3) return apk2 === 0 && !valid2 && !valid3 ? undefined : apk2;
  if (valid2 === valid3 || apk2 === -apk3) return undefined;
  return valid2 ? apk2 : apk3;
}
