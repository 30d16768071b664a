/**
 * JSON on several lines, ending with a newline. Beyond what JSON itself escapes, DEL, C1 controls and characters that reorder
 * or hide text are escaped too: a report is often read with `cat`.
 */
export function safeJson(value: object): string {
  const text = JSON.stringify(value, undefined, 2);
  const unsafe = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
  return `${text.replace(unsafe, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
