import { fileDataChecksEn } from './file-data.en.ts';
import { fileServerChecksEn } from './file-servers.en.ts';

/** Configuration files of servers and frameworks. */
export const fileChecksEn = { ...fileServerChecksEn, ...fileDataChecksEn };
